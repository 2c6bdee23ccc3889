"""What the papers on duties say, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from hegui.law import Grade, Status, Words
from hegui.papers import Tone

#: Tone and meaning of each status; shape and word are :data:`hegui.law.status.SAID`.
STATUS: Mapping[Status, tuple[Tone, Words]] = MappingProxyType(
    {
        Status.OVERDUE: (
            Tone.URGENT,
            Words(
                "有期限的事过了期限还没有做到。", "Something with a time limit is past it, undone."
            ),
        ),
        Status.NOT_MET: (
            Tone.URGENT,
            Words(
                "证据显示没有做到，或者要求的东西还没有。",
                "Evidence speaks against it, or what is asked for isn't there.",
            ),
        ),
        Status.STALE: (
            Tone.QUIET,
            Words(
                "曾经证明过，证据已超过有效的时间。",
                "It was shown once; the evidence is too old to count.",
            ),
        ),
        Status.NEEDS_PERSON: (
            Tone.PERSON,
            Words(
                "系统看不到，须由人签署证明，或先回答服务范围。",
                "Nothing that the system sees can show it: a person attests it, or answers first "
                "what applies.",
            ),
        ),
        Status.DUE_SOON: (
            Tone.SOON,
            Words("现在做到了，很快要再做一次。", "Met now, and soon to be done again."),
        ),
        Status.MET: (
            Tone.GOOD,
            Words(
                "检查和证明都支持，且在有效的时间内。",
                "Checks and attestations bear it out, and are recent enough.",
            ),
        ),
        Status.NO_OCCASION: (
            Tone.QUIET,
            Words(
                "有事发生才要做的义务；所看的时间里没有发生，既没有做到，也没有违反。",
                "Owed only when something occurs, and nothing did in the time looked at: neither "
                "done nor broken.",
            ),
        ),
        Status.NOT_APPLICABLE: (
            Tone.QUIET,
            Words("按服务范围的回答，不适用；理由另列。", "Doesn't apply, for the reasons listed."),
        ),
    }
)

#: What each grade says, in a word and in a sentence.
GRADE: Mapping[Grade, tuple[Words, Words]] = MappingProxyType(
    {
        Grade.READ: (
            Words("已读原文", "text read"),
            Words("读过法规原文或其译文。", "The legal text, or a translation, was read."),
        ),
        Grade.QUOTED: (
            Words("逐字引用", "quoted"),
            Words(
                "依据逐字引用原文的资料。", "A source that quotes the official text word for word."
            ),
        ),
        Grade.SECONDARY: (
            Words("二手资料", "secondary source"),
            Words("依据二手资料，没有见到原文。", "A secondary source; the text was not seen."),
        ),
        Grade.UNCONFIRMED: (
            Words("未经证实", "unconfirmed"),
            Words(
                "没有可靠依据，只作为提供者可以改动的设置，不当作法规的规定。",
                "No sure ground: a setting that the provider may change, never a rule of law.",
            ),
        ),
    }
)

_W = Words
SAID: Mapping[str, Words] = MappingProxyType(
    {
        "title": _W("义务状态报告", "Status of duties"),
        "subtitle": _W("{service} · {provider}", "{service} · {provider}"),
        "disclaimer": _W(
            "本报告说明：按 {day} 生效的规则，每项义务现在如何，由什么证明。"
            "状态由账本里的证据算出，系统看不到的由人签署。"
            "本报告不是法律意见，也不替代主管部门的判断。时间均为北京时间。",
            "This report tells how each duty stands under the rules in force on {day}, and what "
            "shows it. A status is worked out from the ledger's evidence; what the system can't "
            "see, a person attests. It is no legal opinion and takes no authority's place. All "
            "times are Beijing time.",
        ),
        "service": _W("服务", "Service"),
        "provider": _W("提供者", "Provider"),
        "code": _W("提供者编码", "Provider code"),
        "made": _W("状态截至（北京时间）", "As of (Beijing time)"),
        "scope": _W("服务范围记录", "Record of scope"),
        "scope_none": _W("尚未回答", "not answered yet"),
        "entries": _W("已检查的账本条目", "Entries of the ledger checked"),
        "entries_of": _W("{checked} / {size}", "{checked} of {size}"),
        "only": _W("只含规则包", "Only the pack"),
        "contents": _W("目录", "Contents"),
        "packs": _W("规则包", "Packs"),
        "pack": _W("规则包", "Pack"),
        "left_out": _W("不适用或不能用的规则包", "Packs left out"),
        "left_out_none": _W(
            "没有不适用或不能用的规则包。", "No pack is out of scope, and every one can be used."
        ),
        "left_out.pack_malformed": _W(
            "导入的规则包，这个版本的系统读不了。", "Imported; this version can't read it."
        ),
        "left_out.pack_leads_nowhere": _W(
            "导入的规则包，指向这个版本没有的检查、事实或参数。",
            "Imported; it names checks, facts or numbers that this version doesn't have.",
        ),
        "pack_id": _W("包名", "Name"),
        "version": _W("版本", "Version"),
        "fingerprint": _W("内容指纹（SHA-256）", "Fingerprint (SHA-256)"),
        "origin": _W("来源", "Origin"),
        "origin.shipped": _W("随软件提供", "shipped"),
        "origin.imported": _W("自行导入", "imported"),
        "checkpoint": _W("账本检查点", "The ledger's checkpoint"),
        "checkpoint_what": _W(
            "这是导出时最新的签名检查点，逐字照录。它固定了此前全部证据：少一条、改一字都会被发现。",
            "The newest signed checkpoint, verbatim. It pins all evidence before it: an entry "
            "less, or one character changed, would show.",
        ),
        "checkpoint_none": _W(
            "账本还没有检查点；服务运行后一秒内会有第一个。",
            "The ledger has no checkpoint yet; a running service makes the first in a second.",
        ),
        "verify": _W("如何核对", "How to verify"),
        "verify_how": _W(
            "一、提供者运行 hegui ledger verify，重新计算全部账本并与检查点比对。\n"
            "二、任何人都可向提供者索取某条目的证明文件（hegui ledger proof 序号），"
            "用 hegui ledger verify --proof 文件 --vkey 公钥 离线核对，不必信任提供者；"
            "公钥公布在门户的 /ledger/vkey。检查点和证明采用公开格式（C2SP signed note、"
            "tlog-proof），其他工具也能核对。\n"
            "三、规则包的指纹可与 hegui law packs --json 的输出比对；"
            "证明所附文件的 SHA-256 可与原件比对。",
            "1. The provider runs hegui ledger verify, which works the whole ledger out again and "
            "holds it against the checkpoint.\n"
            "2. Anyone may ask the provider for the proof of an entry (hegui ledger proof INDEX) "
            "and check it offline with hegui ledger verify --proof FILE --vkey KEY, without "
            "trusting the provider; the key is at /ledger/vkey on the portal. Checkpoint and proof "
            "are in open formats (C2SP signed note, tlog-proof), so other tools verify them too.\n"
            "3. Fingerprints of packs compare with hegui law packs --json, and the SHA-256 of an "
            "attestation's file with the file.",
        ),
        "summary": _W("总体", "At a glance"),
        "unanswered": _W(
            "服务范围的问题还没有回答，所以不知道哪些规则适用；下面凡取决于回答的都写作“需要人办理”。"
            "请先运行 hegui law scope --ask，或在控制台的“适用范围”页面回答。",
            "The questions on scope are not answered, so it is not known which rules apply; "
            "whatever hangs on them needs a person. Run hegui law scope --ask, or "
            "answer on the console's page of what applies.",
        ),
        "status": _W("状态", "Status"),
        "count": _W("义务数", "Duties"),
        "means": _W("含义", "What it means"),
        "by_instrument": _W("按法规", "By instrument"),
        "instrument": _W("法规", "Instrument"),
        "due": _W("最先到期", "What is due"),
        "due_none": _W("没有正在计算的期限。", "No time limit is running."),
        "when": _W("时间", "When"),
        "what": _W("事项", "What"),
        "rule": _W("依据", "Rule"),
        "provisional": _W("暂定", "provisional"),
        "setting.renew": _W(
            "证明自己写明的到期日；最长多久由控制措施定",
            "the last day that the attestation states; the control says how long at most",
        ),
        "setting.expires": _W("许可、备案或登记上的到期日", "the last day that the licence states"),
        "setting.check": _W("检查“{check}”", "the check “{check}”"),
        "paused": _W("自 {when} 暂停：{why}", "paused since {when}: {why}"),
        "provisional_what": _W(
            "“暂定”：当年的放假安排尚未公布，公布后重新计算。",
            "Provisional: that year's official calendar isn't published; it is worked out again "
            "when it is.",
        ),
        "about_instrument": _W("{force} · {since}", "{force} · {since}"),
        "in_force": _W("{day} 起施行", "in force from {day}"),
        "draft": _W("未生效", "not in force"),
        "force.binding": _W("有约束力", "binding"),
        "force.mandatory_standard": _W("强制性标准", "mandatory standard"),
        "force.recommended_standard": _W("推荐性标准", "recommended standard"),
        "force.guidance": _W("指引", "guidance"),
        "force.draft": _W("征求意见稿", "draft"),
        "force.foreign": _W("境外法", "foreign law"),
        "modality.must": _W("应当", "must"),
        "modality.must_not": _W("不得", "must not"),
        "modality.should": _W("宜", "should"),
        "modality.right": _W("权利", "right"),
        "modality.power": _W("职权", "power"),
        "modality.definition": _W("定义", "definition"),
        "since": _W("自 {when}", "since {when}"),
        "next": _W("下一期限 {when}", "next due {when}"),
        "trigger": _W("何时触发：{what}", "Set off by: {what}"),
        "cadence": _W("多久一次：{what}", "How often: {what}"),
        "because": _W("为何适用：{why}", "Why it applies: {why}"),
        "unknown": _W("尚不能判断是否适用：{why}", "Whether it applies can't be told yet: {why}"),
        "done": _W("怎样做", "What is done"),
        "shown": _W("由什么证明，结果如何", "What shows it, and what was found"),
        "asked": _W("要求", "Asked for"),
        "attestation": _W("签署证明", "Attestation"),
        "attestation_none": _W("还没有人签署证明。", "Nobody has attested it yet."),
        "attested": _W(
            "{who} 证明：{day} 属实，有效至 {until}",
            "{who} attests: true on {day}, holds until {until}",
        ),
        "attested_file": _W("；文件 SHA-256 {digest}", "; file SHA-256 {digest}"),
        "attested_old": _W("；条文已更新，须重新签署", "; the provision has changed: sign again"),
        "renew": _W("最长每 {span}重新签署", "signed again every {span} at the latest"),
        "cited": _W(
            "{instrument}{clause}：{value}（{modality}，{grade}）",
            "{instrument}, {clause}: {value} ({modality}, {grade})",
        ),
        "clause_of": _W("{instrument}{clause}", "{instrument}, {clause}"),
        "evidence_line": _W("账本条目：{entries}", "Entries: {entries}"),
        "entry": _W("#{index} {kind} {when}", "#{index} {kind} {when}"),
        "entry_against": _W("（不支持）", " (against)"),
        "entry_pending": _W("待定序", "pending"),
        "more": _W("；另见“证据”一节", "; more under Evidence"),
        "not_applicable": _W("不适用的，和为什么", "What doesn't apply, and why"),
        "not_applicable_none": _W("没有不适用的义务。", "No duty is outside the scope."),
        "whole": _W("全部", "all of it"),
        "rest": _W("其余全部", "all the rest"),
        "why": _W("为什么", "Why"),
        "coming": _W("将要生效的", "What is coming"),
        "coming_none": _W(
            "没有已知的、将来才生效的条文。", "No provision is known that comes into force later."
        ),
        "first_day": _W("首日", "First day"),
        "clause": _W("条款", "Clause"),
        "evidence": _W("证据", "Evidence"),
        "evidence_what": _W(
            "按检查列出所依据的账本条目，每项至多二十条，不支持的在前。条目只含行为的随机编号，不含任何人的内容。",
            "The ledger's entries that each check rests on, at most twenty, those against first. "
            "An entry bears the random id of an act, and nothing of what anyone wrote.",
        ),
        "evidence_none": _W(
            "账本里还没有相关的证据。", "The ledger holds no evidence of this yet."
        ),
        "check": _W("检查", "Check"),
        "figure": _W("结果：{figure}", "Found: {figure}"),
        "looked_at": _W(
            "看了 {counted} 件，{against} 件不支持。", "{counted} looked at, {against} against."
        ),
        "index": _W("序号", "Index"),
        "kind": _W("种类", "Kind"),
        "act": _W("行为编号", "Act"),
        "side": _W("方向", "Side"),
        "for": _W("支持", "for"),
        "against": _W("不支持", "against"),
        "leaf": _W("叶哈希", "Leaf hash"),
        "reading": _W("怎样读这份报告", "How to read this report"),
        "grades": _W("把握", "Grades"),
        "grades_what": _W(
            "每个数字都写明我们有多大把握。",
            "Each number says how sure we are of it.",
        ),
        "grade": _W("把握", "Grade"),
        "statuses": _W("状态", "Statuses"),
        "sheet.cover": _W("说明", "About"),
        "sheet.duties": _W("义务", "Duties"),
        "sheet.checks": _W("检查与证明", "Checks and attestations"),
        "sheet.entries": _W("账本条目", "Entries"),
        "sheet.numbers": _W("数字", "Numbers"),
        "sheet.changes": _W("状态变化", "Changes"),
        "duty": _W("义务", "Duty"),
        "duty_id": _W("义务编号", "Duty id"),
        "subject": _W("内容", "About"),
        "binding": _W("约束力", "Binding"),
        "applies": _W("适用", "Applies"),
        "applies.true": _W("是", "yes"),
        "applies.false": _W("否", "no"),
        "applies.none": _W("未回答", "not answered"),
        "reasons": _W("理由", "Reasons"),
        "since_when": _W("自（北京时间）", "Since (Beijing)"),
        "due_when": _W("下一期限（北京时间）", "Next due (Beijing)"),
        "control": _W("控制措施", "Control"),
        "control_id": _W("措施编号", "Control id"),
        "check_id": _W("检查编号", "Check id"),
        "found": _W("结果", "Found"),
        "counted": _W("看了几件", "Looked at"),
        "against_n": _W("不支持几件", "Against"),
        "seen": _W("最近证据（北京时间）", "Latest evidence (Beijing)"),
        "signer": _W("签署人", "Signer"),
        "true_on": _W("何日属实", "True on"),
        "expires": _W("有效至", "Holds until"),
        "file": _W("文件 SHA-256", "File SHA-256"),
        "oscal.catalog": _W("法规与义务目录", "catalog of law and duties"),
        "oscal.component": _W("措施与检查", "controls and checks"),
        "oscal.results": _W("义务状态", "status of duties"),
        "oscal.plan": _W("持续检查", "Continuous checking"),
        "oscal.plan_what": _W(
            "没有另外的评估计划：检查随账本增长不断重新计算，要做什么写在目录里。",
            "There is no plan apart: checks are worked out anew as the ledger grows, and what is "
            "assessed stands in the catalog.",
        ),
        "oscal.what": _W(
            "按规则运行生成式人工智能服务：在模型与公众之间筛查、标识、记录，并用证据说明每项义务的状态。",
            "Runs a generative AI service by the book: between a model and its public it screens, "
            "marks and records, and shows from evidence how each duty stands.",
        ),
        "oscal.attested": _W(
            "由人签署证明，最长每 {span}重新签署。",
            "Attested by a person, signed again every {span} at the latest.",
        ),
        "oscal.consequence": _W("{who}：{does}", "{who}: {does}"),
        "oscal.reviewed": _W(
            "按服务范围的回答，适用或可能适用的义务。",
            "The duties that apply, or may apply, by the answers on scope.",
        ),
        "oscal.no_occasion": _W(
            "义务有条件，所看的时间里条件没有出现，所以没有可以违反的；这不证明做到过。",
            "The duty is conditional and its condition did not occur in the time looked at, so "
            "nothing was there to fall short of. This does not show that it was ever done.",
        ),
        "oscal.attester": _W("签署证明的人", "who attests"),
        "oscal.entry": _W("账本条目 {index}：{kind}", "Entry {index} of the ledger: {kind}"),
        "oscal.entry_pending": _W("待定序的账本条目：{kind}", "Entry without a place yet: {kind}"),
        "oscal.file": _W("证明所附的文件", "The attestation's file"),
        "ciso.copyright": _W(
            "条文由 Hegui 用自己的话说明；官方文本属于发布机关。",
            "Told in Hegui's own words; the official text is its issuer's.",
        ),
        "ciso.about": _W("{title}（规则包 {version}）", "{title} (pack {version})"),
        "at": _W("时间（北京时间）", "Time (Beijing)"),
        "number_of": _W("是什么的数字", "What it is the number of"),
        "value": _W("数值", "Value"),
        "parameter": _W("参数", "Parameter"),
        "valid_from": _W("首日", "From"),
        "valid_to": _W("末日", "Until"),
        "source": _W("来源", "Source"),
        "was": _W("原状态", "Before"),
        "became": _W("新状态", "After"),
    }
)
