"""A conversation kept as a file."""

ZH: dict[str, str] = {
    "save.label": "把对话存成文件",
    "save.md": "Markdown",
    "save.docx": "Word",
    "save.pdf": "PDF",
    "save.txt": "文本",
    "save.title": "与{service}的对话",
    "save.notice": "本文件含人工智能生成的内容，文件元数据里另有标识。转发时请保留两者。",
    "save.failed": "没有生成文件",
    "save.you": "我",
    "save.model": "AI 回答（{model}）",
}

EN: dict[str, str] = {
    "save.label": "Keep the conversation as a file",
    "save.md": "Markdown",
    "save.docx": "Word",
    "save.pdf": "PDF",
    "save.txt": "Text",
    "save.title": "A conversation with {service}",
    "save.notice": (
        "This file holds AI-generated content (人工智能生成), and its metadata says so too. "
        "Keep both when you pass it on."
    ),
    "save.failed": "No file was made",
    "save.you": "Me",
    "save.model": "AI answer ({model})",
}
