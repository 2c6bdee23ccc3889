"""What a started service says: where it is, and a line to paste."""

from typing import Any

from hegui import __version__
from hegui.service.house import DEMO_PERSON, House


def run_facts(house: House, pid: int) -> dict[str, Any]:
    """The content of ``run.json``: addresses, a ready key, the process."""
    return {
        "api": house.api_url,
        "chat": f"{house.portal_url}/chat",
        "portal": house.portal_url,
        "api_key": house.demo_key,
        "pid": pid,
    }


def greeting(house: House) -> str:
    """The addresses with what each is for, and how to try the API."""
    demo = "  演示服务商，不是真实的服务商 / demo provider, not a real one\n" if house.demo else ""
    return f"""
合规 Hegui {__version__}: {house.settings.service.name}
{demo}
  对话 Chat     {house.portal_url}/chat
       注册代号、同意协议后与模型对话 / sign up, accept the agreement, talk to the model
  门户 Portal   {house.portal_url}
       服务说明、协议、公开账本 / what the service is, its agreement, the public ledger
  接口 API      {house.api_url}/v1
       兼容 OpenAI / OpenAI-compatible
{_try(house)}
Ctrl-C 停止 / stops"""


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
