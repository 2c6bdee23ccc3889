"""A PDF's objects by number, and those that matter here: Info, the catalogue, its metadata."""

from typing import Protocol

import msgspec

from hegui.marks.carriers.pdf_crypt import Cipher, cipher
from hegui.marks.carriers.pdf_object import Members, Object, View, members, object_at, stream_bytes
from hegui.marks.carriers.pdf_scan import scan
from hegui.marks.carriers.pdf_syntax import Dict, Name, Parser, Ref, Value
from hegui.marks.carriers.pdf_xref import Chain, Where, load
from hegui.marks.errors import MarksError, malformed

#: Unpacked: an object stream, and metadata of any kind.
MAX_CONTAINER = 16 * 1024 * 1024
MAX_METADATA = 4 * 1024 * 1024
_MAX_LINKS = 8


class Index(Protocol):
    """Where objects stand: a chain of sections, or a scan."""

    @property
    def trailer(self) -> Object:
        """The trailer that counts."""
        ...

    def locate(self, number: int) -> Where | None:
        """Where an object stands."""
        ...


class Pdf(msgspec.Struct):
    """An opened PDF.

    Attributes:
        view: the file, or the file as it was before its last update.
        index: where its objects stand.
        chain: the cross-reference; None when it is damaged and the file was scanned.
        catalogue: the root object.
        cipher: opens an encrypted file's strings and streams; None when nothing does.
        containers: the object stream used last, by its number.
    """

    view: View
    index: Index
    chain: Chain | None
    catalogue: Object | None = None
    cipher: Cipher | None = None
    containers: dict[int, Members] = msgspec.field(default_factory=dict)

    @property
    def trailer(self) -> Dict:
        """The trailer's dictionary."""
        return self.index.trailer.entries

    def object(self, number: int) -> Object | None:
        """An indirect object; None when it is free or unknown.

        Raises:
            MarksError: ``file_malformed`` when it is not where it should be.
        """
        where = self.index.locate(number)
        if where is None:
            return None
        if where.container:
            return self._member(where.container, number)
        found = object_at(self.view, where.offset)
        if found.number != number:
            raise malformed("pdf", "对象不在应在的位置", "an object is not where it should be")
        return found

    def resolved(self, value: Value) -> Value:
        """A value, or what the object that it refers to is."""
        return self.followed(value).value

    def followed(self, value: Value) -> Object:
        """As ``resolved``, with the object; number 0 for a direct value of the trailer's."""
        found = Object(0, 0, value, self.index.trailer.data, self.index.trailer.start)
        for _ in range(_MAX_LINKS):
            if not isinstance(found.value, Ref):
                return found
            found = self.object(found.value.number) or Object(0, 0, None, b"")
        raise malformed("pdf", "引用成环", "references run in a circle")

    def info(self) -> Object | None:
        """The document information dictionary (14.3.3); None when there is none."""
        found = self.followed(self.trailer.get("Info"))
        if found.value is None:
            return None
        # A stream would lose its bytes when the dictionary is written anew.
        if not isinstance(found.value, Dict) or found.stream >= 0:
            raise malformed("pdf", "Info 不是字典", "its Info is no dictionary")
        return found

    def metadata(self) -> Object | None:
        """The catalogue's metadata stream (14.3.2); None when there is none."""
        root = self.catalogue.entries if self.catalogue else {}
        found = self.followed(root.get("Metadata"))
        return found if isinstance(found.value, Dict) and found.stream >= 0 else None

    def packet(self, found: Object) -> bytes:
        """A metadata stream's bytes.

        Raises:
            MarksError: ``file_malformed`` when they can't be decoded; ``file_too_complex`` past
                4 MB.
        """
        cipher = self.cipher
        if cipher and not cipher.metadata and found.entries.get("Type") == Name("Metadata"):
            cipher = None
        return stream_bytes(self.view, found, self._length(found), MAX_METADATA, cipher)

    def clear(self, home: Object, data: bytes) -> bytes:
        """A string as it was before encryption.

        Args:
            home: the object that it stands in.
            data: the string's bytes.
        """
        if self.cipher is None or home.start < 0 or home.number == 0:
            return data  # what stands in an object stream was opened with it; the trailer is open
        return self.cipher.string(home.number, home.generation, data)

    def is_signed(self) -> bool:
        """Whether the form says that there are signatures (12.7.2), or the catalogue (12.8.4)."""
        root = self.catalogue.entries if self.catalogue else {}
        form = self.resolved(root.get("AcroForm"))
        flags = self.resolved(form.get("SigFlags")) if isinstance(form, Dict) else None
        return (isinstance(flags, int) and bool(flags & 1)) or "Perms" in root

    def _length(self, found: Object) -> int | None:
        try:
            length = self.resolved(found.entries.get("Length"))
        except MarksError:  # the stream's own end tells as well
            return None
        return length if isinstance(length, int) else None

    def _member(self, container: int, number: int) -> Object:
        if container not in self.containers:
            where = self.index.locate(container)
            if where is None or where.container:
                raise malformed("pdf", "对象流有误", "an object stream is wrong")
            found = object_at(self.view, where.offset)
            if found.number != container or found.entries.get("Type") != Name("ObjStm"):
                raise malformed("pdf", "对象流有误", "an object stream is wrong")
            length = self._length(found) if self.cipher else None
            held = members(self.view, found, MAX_CONTAINER, length, self.cipher)
            self.containers = {container: held}
        held = self.containers[container]
        if number not in held.places:
            raise malformed("pdf", "对象流有误", "an object stream is wrong")
        parser = Parser(held.data, held.places[number], whole=True)
        return Object(number, 0, self.view.value(parser), held.data)


def opened(view: View) -> Pdf:
    """Opens a PDF; by a scan when its cross-reference is damaged.

    Raises:
        MarksError: ``file_malformed``, ``file_too_complex``.
    """
    try:
        chain = load(view)
        pdf = Pdf(view, chain, chain)
        _settle(pdf)
    except MarksError as error:
        if error.code != "file_malformed":
            raise
        found = scan(view)
        pdf = Pdf(view, found, None)
        _settle(pdf)
    return pdf


def is_encrypted(pdf: Pdf) -> bool:
    """Whether the trailer names an encryption dictionary (7.6.1)."""
    return pdf.trailer.get("Encrypt") is not None


def _settle(pdf: Pdf) -> None:
    """Finds the catalogue and Info, which prove that the offsets are sound."""
    root = pdf.trailer.get("Root")
    if "Root" not in pdf.trailer:
        raise malformed("pdf", "缺少文档目录", "it has no catalogue")
    if is_encrypted(pdf):
        encrypt = pdf.resolved(pdf.trailer.get("Encrypt"))
        pdf.cipher = cipher(encrypt, pdf.resolved(pdf.trailer.get("ID")))
        if pdf.cipher is None:  # object streams are closed too
            return
    found = pdf.followed(root)
    if not isinstance(found.value, Dict):
        raise malformed("pdf", "缺少文档目录", "it has no catalogue")
    pdf.catalogue = found
    pdf.info()
