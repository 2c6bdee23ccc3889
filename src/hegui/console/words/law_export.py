"""Words of the console's page ``/law/export``."""

ZH: dict[str, str] = {
    "law_export.title": "导出",
    "law_export.lead": (
        "每项义务现在如何、由什么证明，做成文件：给负责人看的报告，给审计用的表格，给其他工具的数据。"
        "导出不留记录，内容以此刻为准。"
    ),
    "law_export.format": "格式",
    "law_export.pack": "规则包",
    "law_export.pack_all": "全部",
    "law_export.pack_hint": "CISO Assistant 每个规则包一个文件，须选一个",
    "law_export.language": "语言",
    "law_export.language.zh": "中文",
    "law_export.language.en": "English",
    "law_export.make": "下载",
    "law_export.takes": "全部规则包的报告约一百页，需要几秒到十几秒。",
    "law_export.formats": "文件里有什么，有多大",
    "law_export.of.pdf": "PDF 报告",
    "law_export.what.pdf": (
        "打印和归档：封面、账本检查点、逐条状态和证据；屏幕阅读器可读（PDF/UA）。"
    ),
    "law_export.of.docx": "Word 报告",
    "law_export.what.docx": "同一份报告，可以补充说明、附在报送材料里。",
    "law_export.of.xlsx": "Excel 表格",
    "law_export.what.xlsx": "义务、检查与证明、账本条目、数字、状态变化，各一张表，可以筛选。",
    "law_export.of.json": "JSON 数据",
    "law_export.what.json": "同样的表，给程序读。",
    "law_export.of.oscal-catalog": "OSCAL 目录",
    "law_export.what.oscal-catalog": "条文、义务和数字，OSCAL 1.2 格式。",
    "law_export.of.oscal-component": "OSCAL 组件定义",
    "law_export.what.oscal-component": "每项义务由哪些措施和检查做到。",
    "law_export.of.oscal-results": "OSCAL 评估结果",
    "law_export.what.oscal-results": (
        "每项检查的结果、账本条目和叶哈希；需要人办理的不算满足，尚无事例的另注理由。"
    ),
    "law_export.of.ciso": "CISO Assistant 规则库",
    "law_export.what.ciso": "一个规则包的条文和义务，导入 CISO Assistant 使用。",
    "law_export.size.pdf": "约 2 MB；一个规则包约 1 MB",
    "law_export.size.docx": "约 0.1 MB",
    "law_export.size.xlsx": "约 0.2 MB",
    "law_export.size.json": "约 0.6 MB",
    "law_export.size.oscal-catalog": "约 1.3 MB",
    "law_export.size.oscal-component": "约 0.4 MB",
    "law_export.size.oscal-results": "约 0.9 MB",
    "law_export.size.ciso": "约 0.1 MB",
    "law_export.sizes": (
        "大小按随软件提供的全部规则包计，随规则包增长，不随账本增长。"
        "文件里没有用户说过的话和用户的信息；有证明的签署人和内容。"
    ),
    "law_export.failed": "没有生成文件",
    "law_export.choose": "CISO Assistant 的规则库每个规则包一个文件。请返回，选一个规则包再下载。",
}

EN: dict[str, str] = {
    "law_export.title": "Export",
    "law_export.lead": (
        "How each duty stands and what shows it, as a file: a report to read, sheets for an audit, "
        "data for other tools. An export leaves no record; it tells of this moment."
    ),
    "law_export.format": "Format",
    "law_export.pack": "Pack",
    "law_export.pack_all": "all of them",
    "law_export.pack_hint": "CISO Assistant has a file for each pack: choose one",
    "law_export.language": "Language",
    "law_export.language.zh": "中文",
    "law_export.language.en": "English",
    "law_export.make": "Download",
    "law_export.takes": "A report over all packs has about 100 pages and takes several seconds.",
    "law_export.formats": "What each file holds, and how large it is",
    "law_export.of.pdf": "PDF report",
    "law_export.what.pdf": (
        "To print and to keep: cover, the ledger's checkpoint, each article with its evidence; a "
        "screen reader reads it (PDF/UA)."
    ),
    "law_export.of.docx": "Word report",
    "law_export.what.docx": "The same report, to add to or to file with other papers.",
    "law_export.of.xlsx": "Excel sheets",
    "law_export.what.xlsx": (
        "Duties, checks and attestations, entries, numbers, changes: a sheet each, with filters."
    ),
    "law_export.of.json": "JSON data",
    "law_export.what.json": "The same tables, for programs.",
    "law_export.of.oscal-catalog": "OSCAL catalog",
    "law_export.what.oscal-catalog": "Provisions, duties and numbers in OSCAL 1.2.",
    "law_export.of.oscal-component": "OSCAL component definition",
    "law_export.what.oscal-component": "Which controls and checks meet each duty.",
    "law_export.of.oscal-results": "OSCAL assessment results",
    "law_export.what.oscal-results": (
        "What each check found, with ledger entries and leaf hashes; what needs a person is not "
        "told as satisfied, and what had no occasion yet bears a remark."
    ),
    "law_export.of.ciso": "CISO Assistant library",
    "law_export.what.ciso": "One pack's provisions and duties, to import into CISO Assistant.",
    "law_export.size.pdf": "about 2 MB; of one pack about 1 MB",
    "law_export.size.docx": "about 0.1 MB",
    "law_export.size.xlsx": "about 0.2 MB",
    "law_export.size.json": "about 0.6 MB",
    "law_export.size.oscal-catalog": "about 1.3 MB",
    "law_export.size.oscal-component": "about 0.4 MB",
    "law_export.size.oscal-results": "about 0.9 MB",
    "law_export.size.ciso": "about 0.1 MB",
    "law_export.sizes": (
        "Sizes are for all packs that ship; they grow with the packs, not with the ledger. No file "
        "holds what users wrote or who they are; it does hold who signed attestations, and what "
        "they stated."
    ),
    "law_export.failed": "No file was made",
    "law_export.choose": (
        "A library of CISO Assistant is of one pack. Go back, choose a pack and download again."
    ),
}
