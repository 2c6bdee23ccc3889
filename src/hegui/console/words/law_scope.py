"""Words of the console's areas ``law_scope`` and ``law_licences``."""

ZH: dict[str, str] = {
    "action.law.scope": "判断适用范围，登记许可",
    "law_scope.title": "适用范围",
    "law_scope.lead": (
        "回答几组关于服务的问题，就能知道哪些法规和义务适用，要办备案、登记还是许可，以及为什么。"
    ),
    "law_scope.begin": "开始回答",
    "law_scope.go_on": "继续回答",
    "law_scope.begun": "您有一份没有记录的草稿，保存于 {at}。",
    "law_scope.none": "还没有回答过",
    "law_scope.none_text": (
        "回答并记录之后，这里会列出要办的手续、适用的法规和理由。没有回答的一律算未知。"
    ),
    "law_scope.way": "问卷的各部分",
    "law_scope.step": "第 {n} 部分，共 {of} 部分。不清楚的可以先不答。",
    "law_scope.end": "核对并记录",
    "law_scope.not_kept": "这一页还没有保存",
    "law_scope.not_kept_text": "下面几个问题的答案不能用；您填写的都还在，改正后继续。",
    "law_scope.none_of_these": "都不是",
    "law_scope.yes": "是",
    "law_scope.no": "否",
    "law_scope.not_known": "还不清楚",
    "law_scope.next": "保存，下一部分",
    "law_scope.to_end": "保存，去核对",
    "law_scope.back": "上一部分",
    "law_scope.leave": "先到这里",
    "law_scope.kept_until": (
        "保存的是草稿：记录之前只有您看得到，不算证据，可以隔天再接着答；记录之后草稿就清除。"
    ),
    "law_scope.kept_at": "草稿保存于 {at}。",
    "law_scope.passed": "您的草稿之后，{at} 有人记录了新的答案",
    "law_scope.passed_text": (
        "您的草稿保存于 {at}，没有包含那些新答案。"
        "要从新的记录开始，请到“核对并记录”放弃草稿，再重新回答。"
    ),
    "law_scope.end_lead": "请核对。记录之后不能修改，只能再回答一次；以前的记录都保留。",
    "law_scope.missing_n": "还有 {n} 个问题没有答案",
    "law_scope.missing_text": "没有答案的算未知，不算“否”；可以现在记录，以后再答。",
    "law_scope.missing_duties": "因此有 {n} 项义务还不知道是否适用。",
    "law_scope.change": "修改",
    "law_scope.not_answered": "没有答案",
    "law_scope.not_recorded": "没有记录",
    "law_scope.record_text": "记录会写入账本：答案和结论的摘要、适用和未知的义务数。",
    "law_scope.record": "记录",
    "law_scope.drop": "放弃草稿",
    "law_scope.again": "重新回答",
    "law_scope.told": "{yes} 项义务适用（{day} 的记录）。下面是要办的手续、适用的法规和理由。",
    "law_scope.to_latest": "最新的记录",
    "law_scope.earlier_title": "适用范围（{day} 的记录）",
    "law_scope.is_earlier": "这是以前的记录，不再是最新的。",
    "law_scope.done_recorded": "已记录，并写入账本。",
    "law_scope.overdue": "该重新回答了",
    "law_scope.overdue_text": "这份记录已经过了复核的日子（{at}）。情况没变也请重新核对并记录。",
    "law_scope.packs_changed": "记录之后，规则包有变化",
    "law_scope.packs_changed_text": (
        "变化的是：{packs}。义务的状态已经按新的规则计算；请重新核对答案并记录。"
    ),
    "law_scope.routes": "要办的手续",
    "law_scope.routes_text": "备案、登记、评估、许可和核对：要办的在先，还不清楚的在后。",
    "law_scope.routes_unknown": "还不清楚要不要办",
    "law_scope.routes_not": "不用办的手续，以及为什么",
    "law_scope.needed": "要办。",
    "law_scope.unknown": "还要回答",
    "law_scope.held": "已登记 {n} 项",
    "law_scope.held_none": "登记簿里有，但没有一项在有效期内",
    "law_scope.not_held": "要办，登记簿里还没有",
    "law_scope.enter": "登记",
    "law_scope.how": "准备什么，何时办理",
    "law_scope.prepare": "要准备的材料",
    "law_scope.occasions": "什么时候",
    "law_scope.reached": "已达到",
    "law_scope.not_reached": "没有达到",
    "law_scope.clocks": "期限",
    "law_scope.instruments": "法规和标准",
    "law_scope.instruments_text": "每部是否适用，为什么，有多少项义务适用。",
    "law_scope.instrument": "名称",
    "law_scope.answer": "结论",
    "law_scope.because": "理由",
    "law_scope.everybody": "对每项服务都适用。",
    "law_scope.duties": "适用的义务",
    "law_scope.duties_unknown": "另有 {n} 项未知",
    "law_scope.apart": "单独列出：草案和境外法",
    "law_scope.apart_text": "只供对照，不算在上面的义务里。",
    "law_scope.changed": "与上一次相比",
    "law_scope.changed_since": "上一次记录于 {at}。",
    "law_scope.look": "查看那次的记录",
    "law_scope.changed_answer": "答案",
    "law_scope.changed_pack": "规则包",
    "law_scope.changed_instrument": "法规",
    "law_scope.changed_route": "手续",
    "law_scope.changed_duty": "义务",
    "law_scope.changed_nothing": "没有变化。",
    "law_scope.more": "另有 {n} 项",
    "law_scope.about": "关于这份记录",
    "law_scope.answers": "当时的答案",
    "law_scope.packs": "所依据的规则包",
    "law_scope.records": "每次的记录都保留。",
    "law_scope.recorded": "记录于",
    "law_scope.by": "由谁",
    "law_scope.by_command": "由命令记录",
    "law_scope.proof": "证据",
    "law_scope.entry": "账本条目",
    "law_licences.title": "许可与备案登记",
    "law_licences.lead": (
        "提供者持有的许可、备案和登记：编号、范围、到期日和凭证（《暂行办法》第二十三条）。"
    ),
    "law_licences.add": "登记一项",
    "law_licences.none": "还没有登记",
    "law_licences.none_text": "登记之后，这里会按到期先后列出，到期前提醒。",
    "law_licences.number": "编号",
    "law_licences.kind": "种类",
    "law_licences.other": "其他",
    "law_licences.holder": "持有者",
    "law_licences.scope": "范围",
    "law_licences.issued": "签发日",
    "law_licences.expires": "到期日",
    "law_licences.no_end": "没有到期日",
    "law_licences.not_known": "不清楚",
    "law_licences.state": "状态",
    "law_licences.state_good": "有效",
    "law_licences.state_later": "自 {day} 起有效",
    "law_licences.state_soon": "即将到期",
    "law_licences.state_expired": "已到期",
    "law_licences.state_replaced": "已被替换",
    "law_licences.state_withdrawn": "已撤下",
    "law_licences.gone": "以前的",
    "law_licences.until": "到何时",
    "law_licences.done_saved": "已登记，并写入账本。",
    "law_licences.done_withdrawn": "已撤下，并写入账本；原来的登记仍可查看。",
    "law_licences.replace": "换成新的",
    "law_licences.withdraw": "撤下",
    "law_licences.to_new": "查看新的一项",
    "law_licences.file": "凭证文件",
    "law_licences.fetch": "取回文件",
    "law_licences.no_file": "没有文件",
    "law_licences.entered": "登记时间",
    "law_licences.replace_title": "替换 {number}",
    "law_licences.form_lead": "所填内容只有工作人员看得到；种类、到期日和文件摘要写入账本。",
    "law_licences.replace_lead": "续期或更正都是新的一项；原来的保留，标明被哪一项替换。",
    "law_licences.not_saved": "没有保存",
    "law_licences.number_hint": "许可证号、备案号或登记号。",
    "law_licences.holder_hint": "组织的名称，不写个人。",
    "law_licences.scope_hint": "许可的业务范围，或者备案的服务和算法。",
    "law_licences.expires_hint": "没有到期日就留空。",
    "law_licences.file_hint": "证书或通知的扫描件，至多 {n} MB；可以以后再补。",
    "law_licences.file_keep": "不选就沿用原来的文件；至多 {n} MB。",
    "law_licences.save": "登记",
    "law_licences.withdraw_title": "撤下 {number}？",
    "law_licences.withdraw_lead": (
        "撤下表示它不再有效。登记会保留，需要它的手续会重新显示为还没有登记。"
    ),
    "law_licences.withdraw_now": "撤下",
    "law_licences.keep": "不撤下",
}
EN: dict[str, str] = {
    "action.law.scope": "Decide what applies, keep the licences",
    "law_scope.title": "What applies",
    "law_scope.lead": (
        "Answer a few groups of questions about the service, and see which laws and duties apply, "
        "what has to be filed, registered or licensed, and why."
    ),
    "law_scope.begin": "Begin",
    "law_scope.go_on": "Go on answering",
    "law_scope.begun": "You have a draft that isn't recorded, saved {at}.",
    "law_scope.none": "Not answered yet",
    "law_scope.none_text": (
        "Once it is recorded, this page lists what to file or apply for, which laws apply, and "
        "why. What isn't answered counts as unknown."
    ),
    "law_scope.way": "Parts of the questionnaire",
    "law_scope.step": "Part {n} of {of}. What you don't know yet can stay open.",
    "law_scope.end": "Check and record",
    "law_scope.not_kept": "This page isn't saved yet",
    "law_scope.not_kept_text": (
        "The answers to these questions can't be used. All that you filled in is still there; "
        "correct it and go on."
    ),
    "law_scope.none_of_these": "None of these",
    "law_scope.yes": "Yes",
    "law_scope.no": "No",
    "law_scope.not_known": "Not known yet",
    "law_scope.next": "Save and go on",
    "law_scope.to_end": "Save and review all",
    "law_scope.back": "Previous part",
    "law_scope.leave": "Leave for now",
    "law_scope.kept_until": (
        "What you save is a draft: only you see it, it is no evidence, and you can come back to "
        "it another day. Recording the answers clears it."
    ),
    "law_scope.kept_at": "Draft saved {at}.",
    "law_scope.passed": "Since your draft, somebody recorded new answers ({at})",
    "law_scope.passed_text": (
        "Your draft, saved {at}, doesn't hold them. To start from the new record, give the draft "
        "up under “Check and record” and answer again."
    ),
    "law_scope.end_lead": (
        "Please check. A record can't be changed afterwards; you answer again, and earlier "
        "records stay."
    ),
    "law_scope.missing_n": "{n} questions have no answer",
    "law_scope.missing_text": (
        "Without an answer a fact is unknown, and not “no”. You may record now and answer later."
    ),
    "law_scope.missing_duties": "So for {n} duties it isn't known whether they apply.",
    "law_scope.change": "change",
    "law_scope.not_answered": "no answer",
    "law_scope.not_recorded": "Nothing was recorded",
    "law_scope.record_text": (
        "Recording writes to the ledger: digests of the answers and of what follows, and how many "
        "duties apply or are unknown."
    ),
    "law_scope.record": "Record",
    "law_scope.drop": "Give up the draft",
    "law_scope.again": "Answer again",
    "law_scope.told": "{yes} duties apply ({day}). Below: next steps, laws and reasons.",
    "law_scope.to_latest": "The latest record",
    "law_scope.earlier_title": "What applied (recorded for {day})",
    "law_scope.is_earlier": "This is an earlier record, and no longer the latest.",
    "law_scope.done_recorded": "Recorded, and written in the ledger.",
    "law_scope.overdue": "It is time to answer again",
    "law_scope.overdue_text": (
        "This record was to be reviewed by {at}. Check the answers and record them again, even if "
        "nothing changed."
    ),
    "law_scope.packs_changed": "Law packs changed since this was recorded",
    "law_scope.packs_changed_text": (
        "Changed: {packs}. Duties are judged by the new ones already; check your answers and "
        "record them again."
    ),
    "law_scope.routes": "Next steps",
    "law_scope.routes_text": (
        "Filings, registrations, assessments, licences and checks: what is needed comes first, "
        "then what isn't known yet."
    ),
    "law_scope.routes_unknown": "Not known yet whether needed",
    "law_scope.routes_not": "What isn't needed, and why",
    "law_scope.needed": "Needed.",
    "law_scope.unknown": "needs an answer",
    "law_scope.held": "{n} in the register",
    "law_scope.held_none": "in the register, but none in date",
    "law_scope.not_held": "needed, and not in the register yet",
    "law_scope.enter": "Enter it",
    "law_scope.how": "What to prepare, and when",
    "law_scope.prepare": "To prepare",
    "law_scope.occasions": "When",
    "law_scope.reached": "reached",
    "law_scope.not_reached": "not reached",
    "law_scope.clocks": "Time limits",
    "law_scope.instruments": "Laws and standards",
    "law_scope.instruments_text": "Whether each applies, why, and how many of its duties do.",
    "law_scope.instrument": "Name",
    "law_scope.answer": "Answer",
    "law_scope.because": "Why",
    "law_scope.everybody": "Applies to every service.",
    "law_scope.duties": "Duties that apply",
    "law_scope.duties_unknown": "and {n} unknown",
    "law_scope.apart": "For comparison: drafts and foreign law",
    "law_scope.apart_text": "Not counted among the duties above.",
    "law_scope.changed": "Changes since the previous record",
    "law_scope.changed_since": "The previous one was recorded {at}.",
    "law_scope.look": "Look at it",
    "law_scope.changed_answer": "Answers",
    "law_scope.changed_pack": "Law packs",
    "law_scope.changed_instrument": "Laws and standards",
    "law_scope.changed_route": "Next steps",
    "law_scope.changed_duty": "Duties",
    "law_scope.changed_nothing": "Nothing changed.",
    "law_scope.more": "{n} more",
    "law_scope.about": "About this record",
    "law_scope.answers": "What was answered",
    "law_scope.packs": "Law packs used",
    "law_scope.records": "Every record stays.",
    "law_scope.recorded": "Recorded",
    "law_scope.by": "By",
    "law_scope.by_command": "by command",
    "law_scope.proof": "Evidence",
    "law_scope.entry": "ledger entry",
    "law_licences.title": "Licences and filings",
    "law_licences.lead": (
        "What the provider holds: number, scope, last day and evidence of each licence, filing and "
        "registration (Measures, Art. 23)."
    ),
    "law_licences.add": "Add one",
    "law_licences.none": "Nothing entered yet",
    "law_licences.none_text": (
        "What you enter stands here, the first to run out first, with a word before it does."
    ),
    "law_licences.number": "Number",
    "law_licences.kind": "Kind",
    "law_licences.other": "Something else",
    "law_licences.holder": "Held by",
    "law_licences.scope": "Scope",
    "law_licences.issued": "Issued",
    "law_licences.expires": "Last day",
    "law_licences.no_end": "no last day",
    "law_licences.not_known": "not known",
    "law_licences.state": "State",
    "law_licences.state_good": "in date",
    "law_licences.state_later": "in force from {day}",
    "law_licences.state_soon": "runs out soon",
    "law_licences.state_expired": "run out",
    "law_licences.state_replaced": "replaced",
    "law_licences.state_withdrawn": "withdrawn",
    "law_licences.gone": "Earlier ones",
    "law_licences.until": "Until",
    "law_licences.done_saved": "Entered, and written in the ledger.",
    "law_licences.done_withdrawn": (
        "Withdrawn, and written in the ledger; what was entered can still be seen."
    ),
    "law_licences.replace": "Replace",
    "law_licences.withdraw": "Withdraw",
    "law_licences.to_new": "See the new one",
    "law_licences.file": "Evidence file",
    "law_licences.fetch": "Fetch the file",
    "law_licences.no_file": "no file",
    "law_licences.entered": "Entered",
    "law_licences.replace_title": "Replace {number}",
    "law_licences.form_lead": (
        "Staff alone see what you enter; the kind, the last day and the file's digest go in the "
        "ledger."
    ),
    "law_licences.replace_lead": (
        "A renewal or a correction is a new entry; the old one stays, and says which took its "
        "place."
    ),
    "law_licences.not_saved": "Nothing was saved",
    "law_licences.number_hint": "The number of the licence, filing or registration.",
    "law_licences.holder_hint": "An organisation's name, no person's.",
    "law_licences.scope_hint": "The business it allows, or the service or algorithm filed.",
    "law_licences.expires_hint": "Empty where it has none.",
    "law_licences.file_hint": (
        "A scan of the certificate or notice, at most {n} MB; you may add it later."
    ),
    "law_licences.file_keep": "Without a new file the old one stays; at most {n} MB.",
    "law_licences.save": "Enter",
    "law_licences.withdraw_title": "Withdraw {number}?",
    "law_licences.withdraw_lead": (
        "That says that it no longer holds. The entry stays, and the step that needs it shows as "
        "not in the register again."
    ),
    "law_licences.withdraw_now": "Withdraw it",
    "law_licences.keep": "Keep it",
}
