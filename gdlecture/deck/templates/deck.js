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

// Films begin without sound, as browsers ask; a switch, or M, has them heard. In the presenter's
// view, which frames this page, nothing is: the audience's window speaks.
const sound = document.querySelector(".sound");
const looped = new Set(document.querySelectorAll("video[loop]"));
let heard = false;
function hear(on) {
  heard = on && sound !== null && !query.has("receiver");
  for (const film of document.querySelectorAll("video")) {
    film.muted = !heard;
    film.loop = looped.has(film) && !heard && !calm.matches; // words are said once
  }
  sound?.setAttribute("aria-pressed", String(heard));
  if (sound) sound.textContent = heard ? "Sound is on" : "Sound is off";
}
function switchSound() {
  hear(!heard);
  if (heard) play(); // from the start: what is said is heard whole
}
sound?.addEventListener("click", switchSound);
// Space presses the switch that has the focus, and no slide is turned by it.
sound?.addEventListener("keydown", (event) => {
  if (event.key === " ") event.stopPropagation();
});

// Who asks for less motion sees what a beat comes to; R, or the film's own controls, play it, once.
const calm = matchMedia("(prefers-reduced-motion: reduce)");
function arrive() {
  if (!calm.matches) {
    play();
    return;
  }
  for (const film of document.querySelectorAll("video")) film.pause();
  const film = Reveal.getCurrentSlide().querySelector("video");
  film.loop = false;
  film.controls = true;
  film.currentTime = Number.MAX_SAFE_INTEGER; // its end, wherever that is
}

// A film plays from its start on arrival. reveal.js's own way misses one that is being wound back.
function play() {
  if (upcoming || Reveal.isPrintView() || Reveal.isOverview()) return;
  const film = Reveal.getCurrentSlide().querySelector("video");
  film.currentTime = 0;
  film.play().catch((error) => {
    // Whoever hurries on stops a film that was about to play: nothing is wrong then. But some
    // phones that save power play nothing by themselves: there it is for the thumb to start.
    if (error.name !== "NotAllowedError") return;
    if (heard) hear(false); // not touched yet
    film.controls = true;
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
  keyboard: { 77: switchSound, 82: play }, // M, R
  plugins: [RevealNotes],
}).then(() => {
  say();
  arrive();
  Reveal.on("slidechanged", say);
  Reveal.on("slidechanged", arrive);
  Reveal.on("overviewhidden", arrive);
});
