"""The way of a frame from the scene into the video."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import av
import manim as mn
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.scene.video_segment_encoder import VideoSegmentEncoder
from manim.utils.iterables import list_update

from gdstage.film.camera import FilmCamera
from gdstage.film.colours import EncoderColours


class FilmRenderer(CairoRenderer):
    """Manim's renderer, with a camera that keeps what stands still, and a writer that knows it."""

    camera: FilmCamera

    def __init__(self, *, skip_animations: bool = False) -> None:
        super().__init__(FilmWriter, FilmCamera, skip_animations=skip_animations)

    def update_frame(
        self,
        scene: mn.Scene,
        mobjects: Iterable[mn.Mobject] | None = None,  # noqa: ARG002 (manim's own)
        include_submobjects: bool = True,  # noqa: ARG002, FBT001, FBT002
        ignore_skipping: bool = True,  # noqa: FBT001, FBT002
        **_: Any,
    ) -> None:
        """Paint all that is on stage: what manim says is moving is not all that moves."""
        if self.skip_animations and not ignore_skipping:
            return
        self.camera.show(list_update(scene.mobjects, scene.foreground_mobjects))

    def save_static_frame_data(self, *_: Any) -> None:
        """Keep no picture of what stands still: the camera keeps the last frame."""
        self.static_image = None

    def get_frame(self) -> Any:
        """The frame as it is (height, width, 4), which the next one is painted over."""
        return self.camera.pixel_array

    def add_frame(self, frame: Any, num_frames: int = 1) -> None:
        """Write the frame that was painted last, so many times."""
        if not self.skip_animations:
            self.file_writer.bands += self.camera.tiles.bands()
        super().add_frame(frame, num_frames)


class FilmWriter(SceneFileWriter):
    """Manim's writer, which is handed a frame and may keep it no longer than the call.

    A frame is turned to the encoder's colours here and now, and only where it changed: in `bands`
    (rows from, past) since the last one.
    """

    def __init__(self, settings: Any) -> None:
        super().__init__(settings)
        self.bands: list[tuple[int, int]] = []
        spec = self.video_encoder
        self._colours = (
            None if spec is None else EncoderColours(spec.width, spec.height, spec.pixel_format)
        )

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        """Have a frame encoded `repeat` times."""
        if self._colours is not None and self.output_spec.is_video:
            pixels = self._colours.turned(pixels, self.bands)
            self.bands = []
        super().write_frame(pixels, repeat=repeat)

    def _create_segment_encoder(self, target: Any) -> VideoSegmentEncoder:
        if self.video_encoder is None:
            raise RuntimeError("a video is written without an encoder")
        return SegmentEncoder(target=target, spec=self.video_encoder)


class SegmentEncoder(VideoSegmentEncoder):
    """Manim's encoder of a part of the video, for frames in the encoder's own colours."""

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        """Encode a frame at the next `repeat` times."""
        frame: av.VideoFrame = pixels
        stream: Any = self._stream
        frame.time_base = 1 / Fraction(self.spec.frame_rate)
        try:
            for _ in range(repeat):
                frame.pts = self._next_pts
                self._next_pts += 1
                for packet in stream.encode(frame):
                    self._container.mux(packet)
        except BaseException as error:
            raise self._operation_error("encode", error) from error
