"""Checks whose room is still to come: a person attests them, each with what it says here."""

from hegui.checks.check import Check, register
from hegui.law import Words
from hegui.ledger.kinds import AttestationSigned, AttestationWithdrawn

#: By id: the room to come, what is so, and what to attach, each in Chinese and in English.
_ATTESTED: dict[str, tuple[str, tuple[str, str], tuple[str, str]]] = {
    "assessment.risks": (
        "assessment",
        ("生成内容的安全风险已评估", "The risks of what is generated are assessed"),
        (
            "请附本版模型对 31 类风险的测试报告：题目、抽样、合格率和评估人。",
            (
                "Attach this model version's test report over the 31 risks: questions, sample, "
                "pass rate and who assessed."
            ),
        ),
    ),
    "assessment.bias": (
        "assessment",
        ("歧视性内容已按类测试", "Discrimination is tested by kind"),
        (
            "请附民族、信仰、国别、地域、性别、年龄、职业、健康等各类的测试题数和合格率。",
            (
                "Attach how many questions were asked for each kind (ethnicity, belief, "
                "nationality, region, sex, age, occupation, health and others), and the pass "
                "rates."
            ),
        ),
    ),
    "assessment.rights": (
        "assessment",
        ("侵害他人权益的内容已测试", "Content that infringes on others' rights is tested"),
        (
            "请附肖像、名誉、荣誉、隐私、个人信息和身心健康各项的测试结果。",
            (
                "Attach the results for portrait, reputation, honour, privacy, personal "
                "information, and physical and mental health."
            ),
        ),
    ),
    "assessment.accuracy": (
        "assessment",
        (
            "准确性和可靠性已测试，局限已说明",
            "Accuracy and reliability are tested, limits are told",
        ),
        (
            "请附本版模型的准确性测试报告，以及公开的局限说明的网址或文件。",
            (
                "Attach this model version's report on accuracy, and the public page or file that "
                "tells its limits."
            ),
        ),
    ),
    "fairness.rights": (
        "assessment",
        ("尊重知识产权和商业道德", "Intellectual property and business ethics are respected"),
        (
            "请附知识产权负责人、商业秘密保密措施，以及不利用算法、数据和平台优势垄断的内部规定。",
            (
                "Attach who is in charge of intellectual property, how trade secrets are kept, "
                "and the rule against monopoly by algorithm, data or platform."
            ),
        ),
    ),
    "corpora.sources": (
        "corpora",
        ("训练数据和基础模型来源合法", "Training data and base models come from lawful sources"),
        (
            "请附数据集和基础模型清单：来源、许可或合同、采集记录、基础模型的备案号。",
            (
                "Attach the list of data sets and base models: source, licence or contract, "
                "record of collection, and the base model's filing number."
            ),
        ),
    ),
    "corpora.rights": (
        "corpora",
        ("训练数据不侵犯知识产权", "Training data infringe nobody's intellectual property"),
        (
            "请附含受保护作品的数据集的授权文件，以及权利人投诉和退出的处理记录。",
            (
                "Attach licences for data sets with protected works, and how complaints and "
                "opt-outs of right holders were handled."
            ),
        ),
    ),
    "corpora.personal": (
        "corpora",
        ("训练数据中的个人信息有合法依据", "Personal data in training data have a lawful basis"),
        (
            "请附每个含个人信息的数据集的同意或其他依据，以及去标识化的做法。",
            (
                "Attach consent or another basis for each data set with personal data, and how it "
                "was de-identified."
            ),
        ),
    ),
    "corpora.quality": (
        "corpora",
        ("训练数据的质量已抽样核对", "The quality of training data is sampled"),
        (
            "请附本版语料的抽样计划、随机种子、人工和技术抽检的条数与合格率。",
            (
                "Attach this version's sampling plan and seed, and the size and pass rate of the "
                "samples by hand and by machine."
            ),
        ),
    ),
    "corpora.laws": (
        "corpora",
        ("训练数据处理符合其他法律", "The handling of training data keeps the other laws"),
        (
            "请附对照网络安全、数据安全、个人信息保护等要求的自查表。",
            (
                "Attach the self-check against the laws on cybersecurity, data security and "
                "personal information."
            ),
        ),
    ),
    "annotation.rules": (
        "annotation",
        ("标注规则清晰、具体、可操作", "Annotation rules are clear, specific and workable"),
        (
            "请附现行标注规则、版本和批准人。",
            "Attach the annotation rules in force, with version and who approved them.",
        ),
    ),
    "annotation.quality": (
        "annotation",
        ("标注质量按批抽查", "The quality of annotation is sampled by batch"),
        (
            "请附各批抽查记录：抽查数、正确率、复核人不是标注人。",
            (
                "Attach each batch's record: how many were sampled, how many were right, and that "
                "the reviewer is not the annotator."
            ),
        ),
    ),
    "annotation.training": (
        "annotation",
        ("标注人员经过培训", "Annotators are trained"),
        (
            "请附名单、培训内容、考核结果和上岗日期；不要附身份证件。",
            (
                "Attach the roster, what was taught, the results of the exam and the first working "
                "day; attach no identity document."
            ),
        ),
    ),
    "annotation.supervision": (
        "annotation",
        ("标注工作有监督指导", "Annotation is supervised and guided"),
        (
            "请附监督记录：由谁、何时、看了哪些批次、作了哪些改正。",
            "Attach the record of supervision: who, when, which batches, and what was corrected.",
        ),
    ),
    "guidance.published": (
        "portal",
        ("已指导科学合理使用", "People are guided to sensible use"),
        (
            "请附使用指引的网址或文件，以及用户在何处看到它。",
            "Attach the guide's page or file, and where users see it.",
        ),
    ),
    "minors.protected": (
        "people",
        ("防止未成年人过度依赖或沉迷", "Minors are kept from over-reliance"),
        (
            "请附未成年人模式、时长与时段限制、提醒的说明和截图；或说明为何没有未成年用户。",
            (
                "Attach how the minor mode, limits of time and hours, and reminders work, with "
                "pictures; or why there are no minor users."
            ),
        ),
    ),
    "privacy.necessity": (
        "people",
        ("不收集非必要的个人信息", "No unnecessary personal data are collected"),
        (
            "请附逐项的必要性说明：每个字段为何需要、存多久。",
            (
                "Attach the table of necessity: for each field, why it is needed and how long it "
                "is kept."
            ),
        ),
    ),
    "privacy.impact": (
        "people",
        ("个人信息保护影响已评估", "The impact on personal data is assessed"),
        (
            "请附影响评估报告：处理目的和方式、对个人的影响和风险、保护措施。",
            (
                "Attach the impact assessment: purpose and means, effect and risk for people, and "
                "protection."
            ),
        ),
    ),
    "rights.desk": (
        "cases",
        ("个人信息请求及时受理", "Requests about personal data are taken up promptly"),
        (
            "请附查阅、复制、更正、补充、删除请求的渠道，以及最近的受理与答复时间统计。",
            (
                "Attach how people ask to see, copy, correct, complete or delete their data, and "
                "how long recent requests took."
            ),
        ),
    ),
    "content.mended": (
        "cases",
        (
            "发现的违法内容已停止、整改并报告",
            "Illegal content found was stopped, mended and reported",
        ),
        (
            (
                "请附最近一次的经过：发现、停止、移除、整改（如模型优化）、复测、报告的回执；"
                "没有发生则如实说明。"
            ),
            (
                "Attach the latest case: found, stopped, removed, mended (as by training), tested "
                "again, and the receipt of the report; or say that there was none."
            ),
        ),
    ),
    "users.ladder": (
        "people",
        (
            "对违法使用者分级处置并留存记录",
            "Unlawful use is answered step by step, and kept on record",
        ),
        (
            "请附警示、限制、暂停、终止的规则和最近的处置记录；每件由人决定，写明理由和申诉途径。",
            (
                "Attach the rule for warning, restricting, suspending and ending, and recent "
                "cases; each decided by a person, with reasons and a way to appeal."
            ),
        ),
    ),
    "complaints.desk": (
        "cases",
        (
            "投诉举报入口便捷，流程和时限已公开",
            "Complaints have an easy entrance, process and limit are public",
        ),
        (
            "请附入口的网址或截图，以及公布的处理流程和反馈时限。",
            "Attach the entrance (address or picture), and the published process and time limit.",
        ),
    ),
    "complaints.answered": (
        "cases",
        ("投诉举报按时反馈", "Complaints are answered in time"),
        (
            "请附最近的受理数、按时反馈数和最长用时。",
            "Attach how many came in recently, how many were answered in time, and the longest.",
        ),
    ),
    "filing.assessment": (
        "filings",
        ("安全评估已完成并提交", "The security assessment is done and handed in"),
        (
            "请附安全评估报告和提交回执。",
            "Attach the security assessment's report and the receipt.",
        ),
    ),
    "filing.algorithm": (
        "filings",
        ("算法已备案，变更和注销已办理", "The algorithm is filed, changed and cancelled in time"),
        (
            "请附备案编号、公示链接，以及最近一次变更的办理回执。",
            "Attach the filing number, the public link, and the receipt of the latest change.",
        ),
    ),
    "filing.service": (
        "filings",
        ("生成式人工智能服务已备案或登记", "The service is filed or registered"),
        (
            "请附备案号或登记号，以及所调用的已备案模型名称和编号。",
            (
                "Attach the number of the filing or registration, and the name and number of the "
                "filed model that is called."
            ),
        ),
    ),
    "inspection.dossier": (
        "filings",
        ("监督检查所需材料齐备", "What an inspection asks for is ready"),
        (
            "请附训练数据来源、规模、类型、标注规则、算法机制机理的说明材料。",
            (
                "Attach the explanation of training data (source, size, kind), annotation rules, "
                "and how the algorithm works."
            ),
        ),
    ),
    "orders.followed": (
        "cases",
        ("主管部门的要求已按期办理", "Orders of authorities are followed in time"),
        (
            "请附最近要求的文号、期限和办结证明；没有则如实说明。",
            (
                "Attach the latest order's number, its limit and the proof of completion; or say "
                "that there was none."
            ),
        ),
    ),
    "foreign.investment": (
        "filings",
        ("外商投资符合规定", "Foreign investment keeps its rules"),
        (
            "请附股权结构和外商投资准入的核对结论。",
            "Attach the ownership and what the check against foreign-investment rules came to.",
        ),
    ),
    "identity.elsewhere": (
        "people",
        (
            "真实身份信息由提供者自行依法处理",
            "Real identities are the provider's own matter, by law",
        ),
        (
            (
                "请说明身份认证由哪个系统完成、依据哪条规定。合规从不收集身份信息，也不要在此附任何证"
                "件。"
            ),
            (
                "Say which other system does it and by which rule. Hegui never asks for an "
                "identity; attach no document of anybody here."
            ),
        ),
    ),
    "incidents.desk": (
        "cases",
        ("安全事件有预案，按时报告", "Incidents have a plan and are reported in time"),
        (
            "请附应急预案、值守人员安排，以及最近事件的报告回执；没有发生则如实说明。",
            (
                "Attach the plan, who is on duty, and the receipts of recent reports; or say that "
                "there was no incident."
            ),
        ),
    ),
    "disaster.tested": (
        "service",
        ("备份恢复已演练", "Restoring from a backup was rehearsed"),
        (
            "请附最近一次恢复演练的日期、用时和结果。",
            "Attach the day, duration and result of the latest rehearsal.",
        ),
    ),
}

for _name, (_room, _title, _what) in _ATTESTED.items():
    register(
        Check(
            id=_name,
            title=Words(*_title),
            what=Words(*_what),
            kinds=(AttestationSigned, AttestationWithdrawn),
            room=_room,
        )
    )
