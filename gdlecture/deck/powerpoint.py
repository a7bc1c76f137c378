"""The slides for PowerPoint, Keynote and LibreOffice: films inside, played on arrival."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import pptx
from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.slide import Slide as Page
from pptx.util import Emu

from gdlecture.deck.slides import Slide
from gdstage.shape import shape_of

# A slide is as wide as PowerPoint makes one of 16:9, 13⅓ inches.
_WIDTH = 12_192_000
# python-pptx begins with a presentation of 4:3, of this width.
_OLD_WIDTH = 9_144_000
_TITLE_ONLY = 5

# The same slides give the same bytes: neither the day nor the clock is written.
_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 (a core property has no zone)
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)

# What PowerPoint itself writes for a film that starts with its slide. The sequence begins on
# arrival (`onBegin` of the main one), and in it the film is told to play from 0. `fill="hold"`
# keeps the last frame.
_TIMING = """\
<p:timing xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">
 <p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
  <p:seq concurrent="1" nextAc="seek">
   <p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>
    <p:par><p:cTn id="3" fill="hold">
     <p:stCondLst>
      <p:cond delay="indefinite"/>
      <p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond>
     </p:stCondLst>
     <p:childTnLst><p:par><p:cTn id="4" fill="hold">
      <p:stCondLst><p:cond delay="0"/></p:stCondLst>
      <p:childTnLst><p:par><p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0"
        fill="hold" nodeType="withEffect">
       <p:stCondLst><p:cond delay="0"/></p:stCondLst>
       <p:childTnLst><p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr>
        <p:cTn id="6" dur="{milliseconds}" fill="hold"/>
        <p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>
       </p:cBhvr></p:cmd></p:childTnLst>
      </p:cTn></p:par></p:childTnLst>
     </p:cTn></p:par></p:childTnLst>
    </p:cTn></p:par>
   </p:childTnLst></p:cTn>
   <p:prevCondLst>
    <p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
   </p:prevCondLst>
   <p:nextCondLst>
    <p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>
   </p:nextCondLst>
  </p:seq>
  <p:video><p:cMediaNode {heard}>
   <p:cTn id="7" {repeat}fill="hold" display="0">
    <p:stCondLst><p:cond delay="indefinite"/></p:stCondLst>
   </p:cTn>
   <p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>
  </p:cMediaNode></p:video>
 </p:childTnLst></p:cTn></p:par></p:tnLst>
</p:timing>
"""


def powerpoint(slides: Sequence[Slide], title: str, *, poster: str = "last") -> bytes:
    """The deck as a .pptx: a film a slide, its caption in the notes.

    Its title stands above the slide, where outlines and screen readers find it. `poster` says
    which picture stands for a film that does not play: its "last", or its "first".
    """
    deck = pptx.Presentation()
    width, height = _size_of(slides[0])
    deck.slide_width, deck.slide_height = Emu(width), Emu(height)
    _widen(deck, width)
    layout = deck.slide_layouts[_TITLE_ONLY]
    for slide in slides:
        _add(deck.slides.add_slide(layout), slide, poster, (width, height))
    about = deck.core_properties
    about.title, about.author, about.last_modified_by = title, "", ""
    about.created = about.modified = _DAY
    about.revision = 1
    written = io.BytesIO()
    deck.save(written)
    return _undated(written.getvalue())


def _size_of(slide: Slide) -> tuple[int, int]:
    """How wide and high slides are whose films are like this one's; the longer side is _WIDTH."""
    shape = shape_of(slide.width, slide.height)
    most = max(shape.across, shape.up)
    return _WIDTH * shape.across // most, _WIDTH * shape.up // most


def _widen(deck: Presentation, width: int) -> None:
    """Fit the master and its layouts to slides of a width, for those that are added by hand."""
    master = deck.slide_master
    for shapes in (master.shapes, *(layout.shapes for layout in master.slide_layouts)):
        for shape in shapes:
            if shape.element.spPr.find("{*}xfrm") is not None:
                shape.left = Emu(shape.left * width // _OLD_WIDTH)
                shape.width = Emu(shape.width * width // _OLD_WIDTH)


def _add(page: Page, slide: Slide, poster: str, size: tuple[int, int]) -> None:
    across, up = size
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = RGBColor.from_string(slide.ground[1:].upper())
    heading = page.shapes.title
    heading.left, heading.top = Emu(0), Emu(-up // 8)
    heading.width, heading.height = Emu(across), Emu(up // 9)
    heading.text_frame.text = slide.heading
    scale = min(across / slide.width, up / slide.height)
    width, height = round(scale * slide.width), round(scale * slide.height)
    film = page.shapes.add_movie(
        str(slide.piece),
        Emu((across - width) // 2),
        Emu((up - height) // 2),
        Emu(width),
        Emu(height),
        poster_frame_image=str(slide.first if poster == "first" else slide.last),
        mime_type="video/mp4",
    )
    film.name = slide.name
    film.element.nvPicPr.cNvPr.set("descr", slide.described)
    timing = _TIMING.format(
        shape=film.shape_id,
        milliseconds=round(1000 * slide.duration),
        # Words are said once.
        repeat='repeatCount="indefinite" ' if slide.loop and not slide.is_spoken else "",
        heard='vol="80000"' if slide.is_spoken else 'mute="1"',
    )
    page.element.replace(page.element.find("{*}timing"), parse_xml(timing))
    page.notes_slide.notes_text_frame.text = slide.notes


def _undated(package: bytes) -> bytes:
    """The same package, its parts of no date; what is compressed already is stored as it is."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            packed = name.endswith((".mp4", ".jpg", ".jpeg", ".png"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return written.getvalue()
