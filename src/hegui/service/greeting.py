"""What a started service says: where it is, and a line to paste."""

from typing import Any

from hegui import __version__
from hegui.service.house import DEMO_PERSON, House


def run_facts(house: House, pid: int, sign_in: str) -> dict[str, Any]:
    """The content of ``run.json``: addresses, a ready key, the process.

    Args:
        house: what runs.
        pid: the process.
        sign_in: the owner's one-time address of the console, or empty.
    """
    return {
        "api": house.api_url,
        "chat": f"{house.portal_url}/chat",
        "portal": house.portal_url,
        "console": house.console_url,
        "sign_in": sign_in,
        "api_key": house.demo_key,
        "pid": pid,
    }


def greeting(house: House, sign_in: str) -> str:
    """The addresses with what each is for, and how to try the API."""
    demo = "  演示服务商，不是真实的服务商 / demo provider, not a real one\n" if house.demo else ""
    return f"""
合规 Hegui {__version__}: {house.settings.service.name}
{demo}
  对话 Chat     {house.portal_url}/chat
       注册代号、同意协议后与模型对话 / sign up, accept the agreement, talk to the model
  门户 Portal   {house.portal_url}
       服务说明、协议、公开账本 / what the service is, its agreement, the public ledger
  管理 Console  {house.console_url}
       工作人员的页面 / the pages of staff
{_first_sign_in(sign_in)}  接口 API      {house.api_url}/v1
       兼容 OpenAI / OpenAI-compatible
{_try(house)}
Ctrl-C 停止 / stops"""


def _first_sign_in(address: str) -> str:
    if not address:
        return ""
    return f"""       所有者登录，链接只能用一次 / the owner's sign-in, good once:
       {address}
"""


def _try(house: House) -> str:
    if not house.demo_key:
        return "       用 hegui keys create 取得密钥 / make a key with hegui keys create\n"
    model = next((m for u in house.settings.upstream for m in u.models), "demo")
    return f"""       密钥 key    {house.demo_key}
       试一试 try:
  curl -N {house.api_url}/v1/chat/completions \\
    -H 'Authorization: Bearer {house.demo_key}' -H 'Hegui-Person: {DEMO_PERSON}' \\
    -H 'Content-Type: application/json' \\
    -d '{{"model": "{model}", "stream": true, "messages": [{{"role": "user", "content": "你好"}}]}}'
"""
