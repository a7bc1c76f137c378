// The slides in reveal.js: a film plays on arrival, from its start, and stays on its last frame.
"use strict";

// In a deck of one file the films are text in the page. A film behind a blob can be wound back
// everywhere; in some browsers one behind a data: address cannot.
for (const film of document.querySelectorAll("video[data-piece]")) {
  const text = document.getElementById(film.dataset.piece);
  const coded = atob(text.textContent);
  const bytes = new Uint8Array(coded.length);
  for (let i = 0; i < coded.length; i++) bytes[i] = coded.charCodeAt(i);
  film.dataset.src = URL.createObjectURL(new Blob([bytes], { type: "video/mp4" }));
  text.remove();
}

const deck = document.querySelector(".reveal");

// The presenter's view frames this page twice: as it is, and one slide ahead, without controls.
const query = new URLSearchParams(location.search);
const upcoming = query.has("receiver") && query.get("controls") === "false";
document.documentElement.classList.toggle("receiver", query.has("receiver"));
document.documentElement.classList.toggle("upcoming", upcoming);

// What is said, for phones held upright; elsewhere it is hidden.
function say() {
  document.querySelector(".says").textContent =
    Reveal.getCurrentSlide().querySelector(".notes").textContent;
}

// A film plays from its start on arrival. reveal.js's own way misses one that is being wound back.
function play() {
  if (upcoming || Reveal.isPrintView() || Reveal.isOverview()) return;
  const film = Reveal.getCurrentSlide().querySelector("video");
  film.currentTime = 0;
  film.play().catch((error) => {
    // Whoever hurries on stops a film that was about to play: nothing is wrong then. But some
    // phones that save power play nothing by themselves: there it is for the thumb to start.
    film.controls = error.name === "NotAllowedError";
  });
}

Reveal.initialize({
  width: Number(deck.dataset.width),
  height: Number(deck.dataset.height),
  margin: 0,
  minScale: 0.05,
  maxScale: 10,
  center: false,
  hash: true,
  navigationMode: "linear", // right and left reach every beat; the overview has a column a clip
  transition: "none", // a beat begins with the picture on which the one before it ended
  backgroundTransition: "none",
  scrollActivationWidth: 0, // phones swipe, as slides do
  autoPlayMedia: false,
  pdfMaxPagesPerSlide: 1,
  keyboard: { 82: play }, // R
  plugins: [RevealNotes],
}).then(() => {
  say();
  play();
  Reveal.on("slidechanged", say);
  Reveal.on("slidechanged", play);
  Reveal.on("overviewhidden", play);
});
