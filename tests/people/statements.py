"""A complete statement of reasons."""

from hegui.people import Reasons

STATEMENT = Reasons(
    ground="illegal_content",
    reference="中华人民共和国反电信网络诈骗法 第二十五条",
    category="fraud_malware",
    facts="三次请求编写冒充银行客服的短信，并说明将群发。",
    automated_detection=True,
    automated_decision="partially",
    scope="使用本服务生成内容",
    territory=("CN",),
    applied=1_767_585_600_000,
    ends=None,
    redress="可写信至 appeal@example.com，由人复核。",
)
