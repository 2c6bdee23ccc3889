"""Whether a data folder and its settings may hold a demonstration."""

from pathlib import Path

from hegui.config import Home, Settings
from hegui.demo import marker
from hegui.demo.errors import DemoError
from hegui.marks import is_demo

MOST_DAYS = 366


def check(settings: Settings, home: Home, days: int) -> None:
    """Refuse what would mix simulated people with anything else.

    Raises:
        DemoError: ``demo_days``, ``demo_provider_real``, ``demo_database_elsewhere``,
            ``demo_model_missing``, ``demo_here_already`` or ``demo_folder_used``.
    """
    if not 1 <= days <= MOST_DAYS:
        raise DemoError(
            "demo_days",
            zh=f"--days 的值 {days} 不可用。允许：1 到 {MOST_DAYS} 的整数。",
            en=f"--days is {days}. Allowed: a whole number, 1 to {MOST_DAYS}.",
        )
    if not is_demo(settings.provider.code):
        raise DemoError(
            "demo_provider_real",
            zh="配置写的是真实的服务提供者编码，模拟的人不能混入真实的记录；未做任何改动。"
            "请用演示编码的配置（hegui init 新建的即是），并用 HEGUI_HOME 指定另一个文件夹。",
            en="The config names a real provider's code, and simulated people must not enter a "
            "real record; nothing was done. Use a config with the demo's code, such as hegui init "
            "writes, and name another folder in HEGUI_HOME.",
        )
    for name, url in (("data.url", settings.data.url), ("data.keys_url", settings.data.keys_url)):
        if url:
            raise DemoError(
                "demo_database_elsewhere",
                zh=f"设置项 {name} 指向另一个数据库。演示只写入数据文件夹内的数据库，"
                "以便 hegui demo --clear 能全部清除。请将该项留空后再运行。",
                en=f"The setting {name} names another database. A demonstration lives in the "
                "data folder's own, so that hegui demo --clear can remove all of it. Leave the "
                "setting empty and run this again.",
            )
    if not any(upstream.kind == "responder" for upstream in settings.upstream):
        raise DemoError(
            "demo_model_missing",
            zh="配置中没有内置演示应答器。模拟的人只向它提问，不占用真实模型。"
            '请加入 kind = "responder" 的上游。',
            en="The config has no embedded demo responder. Simulated people ask that one alone "
            'and burden no real model. Add an upstream of kind = "responder".',
        )
    _check_folder(home)


def _check_folder(home: Home) -> None:
    if marker.read(home) is not None:
        raise DemoError(
            "demo_here_already",
            zh=f"数据文件夹 {home.path} 已有一次演示。请先运行 hegui demo --clear，"
            "或用 HEGUI_HOME 指定另一个文件夹。",
            en=f"The data folder {home.path} holds a demonstration already. Run hegui demo "
            "--clear first, or name another folder in HEGUI_HOME.",
        )
    if Path(home.database_url.removeprefix("sqlite:///")).exists():
        raise DemoError(
            "demo_folder_used",
            zh=f"数据文件夹 {home.path} 已有服务的记录，过去的日子不能补写在它前面；未做任何改动。"
            "请用 HEGUI_HOME 指定一个新文件夹，演示之后以同样的 HEGUI_HOME 启动服务。",
            en=f"The data folder {home.path} holds a service's record already, and past days can't "
            "be put before it; nothing was changed. Name a new folder in HEGUI_HOME, and start "
            "the service with the same HEGUI_HOME afterwards.",
        )
