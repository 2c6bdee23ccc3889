"""Every finding: how much it weighs, where the rule stands, and its sentence in two languages.

The rules are data, so that a correction of a clause is a change of one line. A finding that the
standard words softly ("mainly") is a warning here and an error in strict reading.
"""

from hegui.marks.finding import Row, Severity

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_CODE = "TC260-PG-20252A"
_SECURITY = "TC260-PG-202511A"

ROWS: dict[str, Row] = {
    # The value as a whole (Annex E b)).
    "value-malformed": Row(
        _ERROR,
        "GB 45438-2025 附录 E b)",
        "标识的值不是附录 E 规定的 JSON 文本（{why_zh}），请按七字段格式重新写入。",
        "The label's value is not the JSON text of Annex E ({why_en}); write it again as such.",
    ),
    "wrapped": Row(
        _INFO,
        "GB 45438-2025 附录 E b)；TC260 实践指南各格式条款",
        "标识外面多包了一层 AIGC，而该格式的实践指南写的是七字段对象本身，重新写入时会去掉外层。",
        "The label is wrapped in an AIGC object where the format's guide has the bare seven "
        "fields; the next write puts it bare.",
    ),
    "encoded-twice": Row(
        _WARNING,
        "GB 45438-2025 附录 E b)",
        "标识被编码了两次（JSON 字符串里又是 JSON），请改为只编码一次。",
        "The label is JSON within a JSON string; encode it once.",
    ),
    "base64": Row(
        _ERROR,
        "GB 45438-2025 附录 E b)",
        "标识以 Base64 写入，标准要求直接写 JSON 文本，请解码后重新写入。",
        "The label is written in Base64 where the standard has plain JSON; decode it and write it "
        "again.",
    ),
    "prefix": Row(
        _ERROR,
        "GB 45438-2025 附录 E b)",
        "标识的值前面多了“{prefix}”，请去掉，只留 JSON 文本。",
        "“{prefix}” stands before the label's value; leave the JSON text only.",
    ),
    # The seven fields (Annex E b) to j)).
    "field-missing": Row(
        _ERROR,
        "GB 45438-2025 附录 E b)",
        "缺少字段 {field}，七个字段都应写出，没有内容的写空字符串。",
        "The field {field} is missing; write all seven, those without content as empty strings.",
    ),
    "field-unknown": Row(
        _ERROR,
        "GB 45438-2025 附录 E b)",
        "字段“{name}”不在附录 E 的七个字段之内{hint_zh}，请改为标准的字段名或删去。",
        "“{name}” is none of the seven fields of Annex E{hint_en}; correct its name or leave it "
        "out.",
    ),
    "field-twice": Row(
        _ERROR,
        "GB 45438-2025 附录 E b)",
        "字段 {field} 写了不止一次，请只保留正确的一个。",
        "The field {field} stands there more than once; keep the right one.",
    ),
    "type": Row(
        _ERROR,
        "GB 45438-2025 附录 E c)–i)",
        "字段 {field} 的值是{kind_zh}而不是字符串，请加上引号写成字符串。",
        "The value of {field} is {kind_en}, not a string; write it as one, in quotes.",
    ),
    "label-value": Row(
        _ERROR,
        "GB 45438-2025 附录 E c)",
        "Label 的值“{value}”不是 1（属于）、2（可能）或 3（疑似），请改为其中之一。",
        "Label is “{value}”, neither 1 (is), 2 (may be) nor 3 (suspected); write one of these.",
    ),
    "producer-empty": Row(
        _ERROR,
        "GB 45438-2025 附录 E d)",
        "ContentProducer 是空的，请填写生成服务提供者的名称或编码。",
        "ContentProducer is empty; give the name or code of the service that made the content.",
    ),
    "produce-id-empty": Row(
        _ERROR,
        "GB 45438-2025 附录 E e)",
        "ProduceID 是空的，请填写提供者给此内容的唯一编号。",
        "ProduceID is empty; give the provider's own number of this content.",
    ),
    "propagator-empty": Row(
        _WARNING,
        "GB 45438-2025 附录 E g)、h) 及注 1",
        "{field} 是空的，首次写入时应与提供者的字段相同，请补上。",
        "{field} is empty; on the first write it equals the producer's field, so fill it in.",
    ),
    "charset": Row(
        _WARNING,
        "GB 45438-2025 附录 E j)",
        "{field} 含有“{character}”，标准要求主要使用不含空格的可见 ASCII 字符，请改用编码。",
        "{field} holds “{character}”, where the standard mainly has visible ASCII without spaces; "
        "use codes.",
    ),
    "value-leaked": Row(
        _WARNING,
        "GB 45438-2025 附录 E d)、e)、g)、h)",
        "{field} 的值“{value}”是程序漏出来的占位文字，请写入真实的名称、编码或编号。",
        "The value of {field}, “{value}”, is text that a program let slip; write the real name, "
        "code or number.",
    ),
    # The label's place.
    "two-labels": Row(
        _ERROR,
        "GB 45438-2025 6.1 c)",
        "文件里有 {count} 个元数据标识，只应保留一个，请重新写入标识以合并。",
        "The file holds {count} metadata labels where there is to be one; write the label again "
        "to replace them.",
    ),
    "placement": Row(
        _ERROR,
        "TC260-PG-20258A 6",
        "标识写在{where_zh}，通用的读取程序看不到，应写在{right_zh}，请重新写入。",
        "The label stands {where_en}, where common readers don't look; write it again, {right_en}.",
    ),
    "carrier-unusual": Row(
        _ERROR,
        "TC260 实践指南各格式条款",
        "标识写在 {where}，该格式的实践指南用的是 {right}，请重新写入标识。",
        "The label stands in {where} where the format's guide has {right}; write the label again.",
    ),
    "namespace": Row(
        _ERROR,
        "TC260-PG-20259A",
        "XMP 里的标识用了自定的命名空间 {uri}，核验程序找不到，请重新写入标识。",
        "The label in XMP is in a namespace of its own, {uri}, which no checker looks for; write "
        "the label again.",
    ),
    "sidecar-only": Row(
        _INFO,
        "GB 45438-2025 6.1",
        "标识只在旁边的 .aigc.json 文件里，不在文件自己的元数据里；传送时请两个文件一起走。",
        "The label stands only in the .aigc.json file beside, not in the file's own metadata; "
        "keep the two files together.",
    ),
    "sidecar-content": Row(
        _ERROR,
        "GB 45438-2025 6.1",
        "旁边的 .aigc.json 记的 SHA-256 与此文件不符，标识可能属于别的内容；核对后请重新写入。",
        "The SHA-256 in the .aigc.json file beside is not this file's, so the label may be "
        "another content's; check, and write it again.",
    ),
    # The provider code (a code that is none may still be a name: only what looks like one).
    "code-length": Row(
        _ERROR,
        f"{_CODE} 表 1",
        "{field} 的编码应为 27 位，现为 {length} 位，请核对编码。",
        "The code in {field} has {length} characters, not 27; compare it.",
    ),
    "code-characters": Row(
        _ERROR,
        f"{_CODE} 表 1",
        "{field} 的编码里有“{character}”，只能用数字和大写字母，请改正。",
        "The code in {field} holds “{character}”; it has digits and capital letters only.",
    ),
    "code-format": Row(
        _ERROR,
        f"{_CODE} 第 1–2 位",
        "{field} 的编码前两位应为 00，现为 {found}，请核对编码。",
        "The code in {field} starts with {found}, not 00; compare it.",
    ),
    "code-subject": Row(
        _ERROR,
        f"{_CODE} 第 3 位",
        "{field} 的编码第 3 位（主体类型）应为 1（组织），现为 {found}，请核对编码。",
        "Character 3 (subject) of the code in {field} is {found}, not 1 for an organisation; "
        "compare it.",
    ),
    "code-binding": Row(
        _ERROR,
        f"{_CODE} 第 4 位",
        "{field} 的编码第 4 位（绑定方式）应为 1（统一社会信用代码），现为 {found}，请核对编码。",
        "Character 4 (binding) of the code in {field} is {found}, not 1 for the unified social "
        "credit code; compare it.",
    ),
    "code-uscc": Row(
        _ERROR,
        f"{_CODE} 第 5–22 位；GB 32100-2015",
        "{field} 的编码里统一社会信用代码含有不可用的字符“{character}”，请核对营业执照。",
        "The credit code within the code in {field} holds “{character}”, which no credit code "
        "has; compare it with the business licence.",
    ),
    "code-check-digit": Row(
        _ERROR,
        f"{_CODE} 第 22 位；GB 32100-2015",
        "{field} 的编码里统一社会信用代码的校验位应为 {expected}，现为 {found}，请核对营业执照。",
        "The credit code within the code in {field} ends in {found}, its check digit is "
        "{expected}; compare it with the business licence.",
    ),
    "code-service": Row(
        _WARNING,
        f"{_CODE} 第 23–27 位",
        "{field} 的编码第 23–27 位“{found}”不合规则：1 生成、2 传播，不用时为 00000，请核对编码。",
        "Characters 23-27 of the code in {field}, “{found}”, are outside the rule: 1 for "
        "generation, 2 for propagation, 00000 when not used; compare it.",
    ),
    # Signatures in the reserved fields.
    "signature-intact": Row(
        _INFO,
        _SECURITY,
        "{field} 的签名与标识相符，标识未被改动；公钥随文件而来，要确认来源请固定提供者的公钥。",
        "The signature in {field} fits the label, but its key came with the file, so it shows "
        "only that the label is unchanged; pin the provider's key to know who signed.",
    ),
    "signature-genuine": Row(
        _INFO,
        _SECURITY,
        "{field} 的签名与标识相符，公钥是已固定的提供者公钥。",
        "The signature in {field} fits the label, and its key is the one pinned for the provider.",
    ),
    "signature-broken": Row(
        _ERROR,
        _SECURITY,
        "{field} 的签名与标识不符，标识在签名后被改动或签名有误，请勿采信并向提供者核实。",
        "The signature in {field} does not fit the label, which was changed after signing or "
        "signed wrongly; do not trust it, and ask the provider.",
    ),
    "signature-unverified": Row(
        _INFO,
        _SECURITY,
        "{field} 里的安全信息无法在此验证（{why_zh}），标识的其他内容不受影响。",
        "The security data in {field} can't be verified here ({why_en}); the rest of the label "
        "is read as usual.",
    ),
    "signature-foreign": Row(
        _ERROR,
        _SECURITY,
        "{field} 的签名与标识相符，但所用公钥不是为该提供者固定的公钥，请勿采信并向提供者核实。",
        "The signature in {field} fits the label, but under another key than the one pinned for "
        "the provider; do not trust it, and ask the provider.",
    ),
    # Documents.
    "signed-document": Row(
        _INFO,
        "",
        "文档带有数字签名；写标识时不改动签名覆盖的内容，做不到时拒绝写入，请写后再验一次签名。",
        "The document has a digital signature; a label is written without touching what it covers, "
        "or refused; verify the signature again after writing.",
    ),
    "pdf-repaired": Row(
        _WARNING,
        "ISO 32000-1 7.5.4",
        "PDF 的交叉引用表已损坏，标识是扫描全文件读出的，请先用修复工具重写文件再写标识。",
        "The PDF's cross-reference table is damaged and was made out by a scan; repair the file "
        "before a label is written.",
    ),
    # Explicit marks, as far as they can be told.
    "explicit-missing": Row(
        _ERROR,
        "GB 45438-2025 5.1",
        "开头和结尾都没有“AI生成”一类的显式标识，请加上一行。",
        "Neither the start nor the end has an explicit mark such as “AI生成”; add a line.",
    ),
    "explicit-elements": Row(
        _WARNING,
        "GB 45438-2025 5.1 b)",
        "“{text}”只有一个要素，显式标识须同时写明“人工智能”或“AI”，以及“生成”或“合成”，请补全。",
        "“{text}” has one element only; an explicit mark names 人工智能 or AI, and 生成 or 合成; "
        "complete it.",
    ),
    "explicit-small": Row(
        _ERROR,
        "GB 45438-2025 5.2、5.4",
        "显式标识的字高约为最短边的 {height}，低于 {asked}，请用原图重新加标识。",
        "The explicit mark's characters are about {height} of the shortest side, less than "
        "{asked}; mark the original anew.",
    ),
    "explicit-place": Row(
        _WARNING,
        "GB 45438-2025 5.2",
        "显式标识不在画面的边或角，请移到边或角。",
        "The explicit mark is at no edge or corner of the picture; move it to one.",
    ),
    "explicit-frame": Row(
        _ERROR,
        "GB 45438-2025 5.2",
        "第 {frame} 帧（共 {count} 帧）没有显式标识，请重新加标识。",
        "Frame {frame} of {count} has no explicit mark; add it again.",
    ),
    "explicit-short": Row(
        _ERROR,
        "GB 45438-2025 5.4",
        "显式标识从首帧起只显示了 {seconds} 秒，不足 {asked} 秒，请重新加标识。",
        "The explicit mark is shown for {seconds} seconds from the first frame, less than "
        "{asked}; add it again.",
    ),
    "explicit-rhythm": Row(
        _WARNING,
        "GB 45438-2025 5.3 c)",
        "节奏标识的两个字母之间没有较长的停顿，应为“{rhythm}”，请重新加标识。",
        "The rhythm has no longer pause between its two letters; it is to be “{rhythm}”; "
        "add it again.",
    ),
    "explicit-not-checked": Row(
        _INFO,
        "GB 45438-2025 5",
        "没有找到本工具加的显式标识；这个 {format} 里由别家加的标识无法在此识别，请自行查看。",
        "No explicit mark made here was found; one of another maker can't be told in this "
        "{format}, so look for yourself.",
    ),
}
