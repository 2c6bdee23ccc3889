"""What a signed-in reader sees of their own record."""

ZH: dict[str, str] = {
    "mine.title": "谁打开过您的文字",
    "mine.lead": (
        "您写的和模型答的都加密保存，工作人员平时看不到。要打开，必须写明原因；每次打开都记在这里，"
        "也进入存证。"
    ),
    "mine.who": "登录的代号：{name}",
    "mine.empty": "到现在没有人打开过",
    "mine.empty_text": "如果有人打开，这里会写明时间、原因和那人的职责。您不用做什么。",
    "mine.when": "何时打开",
    "mine.what": "哪一次",
    "mine.what_text": "{when} 的一次生成",
    "mine.why": "为什么",
    "mine.role": "以什么职责",
    "mine.case": "事项",
    "mine.older": "更早的",
    "mine.newest": "回到最近的",
    "mine.wrong": "觉得打开得没有道理？请联系提供者，写明打开的时间。会有人阅读并答复。",
    "mine.sign_in": "登录后可以看",
    "role.owner": "负责人",
    "role.officer": "合规负责人",
    "role.reviewer": "复核人员",
    "role.auditor": "审计人员",
    "reason.appeal": "复核申诉",
    "reason.complaint": "处理投诉",
    "reason.incident": "处理事件",
    "reason.person_asked": "应您本人的要求",
}

EN: dict[str, str] = {
    "mine.title": "Who opened your text",
    "mine.lead": (
        "What you wrote and what the model answered is kept sealed; staff do not see it. To open "
        "it they must say why, and each opening is listed here and put on record."
    ),
    "mine.who": "Signed in as {name}",
    "mine.empty": "Nobody has opened any so far",
    "mine.empty_text": (
        "If somebody does, the time, the reason and their role appear here. You need not do "
        "anything."
    ),
    "mine.when": "Opened",
    "mine.what": "Which",
    "mine.what_text": "a generation of {when}",
    "mine.why": "Why",
    "mine.role": "In which role",
    "mine.case": "Case",
    "mine.older": "Older ones",
    "mine.newest": "Back to the newest",
    "mine.wrong": (
        "If you think one was not right, write to the provider and name its time. A person reads "
        "it and replies."
    ),
    "mine.sign_in": "Sign in to see it",
    "role.owner": "owner",
    "role.officer": "compliance officer",
    "role.reviewer": "reviewer",
    "role.auditor": "auditor",
    "reason.appeal": "to review an appeal",
    "reason.complaint": "to handle a complaint",
    "reason.incident": "to handle an incident",
    "reason.person_asked": "because you asked for it",
}
