"use strict";
// Without this script the page still has everything: times are links into the videos.
(() => {
  const escaped = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const said = (link) => link.parentElement.querySelector("p").textContent;
  const times = (link) => [Number(link.dataset.from), Number(link.dataset.to)];
  const links = (list) => [...list.querySelectorAll("a[data-from]")];
  const players = [...document.querySelectorAll("video")];

  // Captions come from the transcripts in the page: a page opened as a file may not read others.
  const addCaptions = (video, cues) => {
    video.querySelectorAll("track").forEach((track) => track.remove());
    const track = video.addTextTrack("captions", "English", "en");
    cues.forEach(([from, to, text]) => track.addCue(new VTTCue(from, to, escaped(text))));
    track.mode = "disabled";
  };

  // Of a clip that speaks, what is said; of others, their beats' captions.
  const cuesOf = (list) =>
    list.dataset.cues
      ? JSON.parse(list.dataset.cues)
      : links(list).map((link) => [...times(link), said(link)]);

  const cuesOfChapters = (list) =>
    links(list).flatMap((chapter) => {
      const beats = document.getElementById(chapter.dataset.clip).querySelector(".beats");
      const begin = Number(chapter.dataset.from);
      return cuesOf(beats).map(([from, to, text]) => [begin + from, begin + to, text]);
    });

  for (const list of document.querySelectorAll("[data-seeks]")) {
    const video = document.getElementById(list.dataset.seeks);
    addCaptions(video, list.matches(".chapters") ? cuesOfChapters(list) : cuesOf(list));

    list.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-from]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      video.currentTime = times(link)[0];
      video.play().catch(() => {}); // paused again before it could begin
      video.scrollIntoView({ block: "nearest" });
    });

    const mark = () => {
      for (const link of links(list)) {
        const [from, to] = times(link);
        if (from <= video.currentTime && video.currentTime < to) {
          link.setAttribute("aria-current", "true");
        } else {
          link.removeAttribute("aria-current");
        }
      }
    };
    video.addEventListener("timeupdate", mark);
    video.addEventListener("seeking", mark);
  }

  // One at a time.
  for (const video of players) {
    video.addEventListener("play", () => {
      players.filter((other) => other !== video).forEach((other) => other.pause());
    });
  }

  // A table is a stop for the keyboard only while there is something to scroll to.
  const fit = () => {
    for (const box of document.querySelectorAll(".scroll")) {
      const cut = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
      if (cut) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  document.addEventListener("toggle", fit, true);
  addEventListener("resize", fit);
  fit();

  // Side by side there is room for the words; below each other they are folded, but not on paper.
  const words = [...document.querySelectorAll("details.transcript")];
  if (!matchMedia("(min-width: 60rem)").matches) {
    words.forEach((part) => (part.open = false));
  }
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details:not(.animation)").forEach((part) => (part.open = true));
  });
})();
