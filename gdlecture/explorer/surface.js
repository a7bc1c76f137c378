// The surface beside the map, painted back to front on a canvas, and turned by mouse, finger or keys.
// It has the parts of a plot; `drawn` tells where on the canvas its marks and lines are.

const USUAL_VIEW = { azimuth: -58, elevation: 42 };
const ELEVATIONS = [6, 86];
// Degrees: of a press of a key, and of a pixel that is drawn.
const TURN = { key: 5, pixel: 0.45 };
const GLIDE_TIME = 320;
// Pixels by which faces overlap, or the ground would shine through between them.
const OVERLAP = 0.6;
const FAINT = 0.34;
const TEXT = { tick: 14, name: 17, label: 13 };

class Surface {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.view = { ...USUAL_VIEW };
    this.relief = null;
    this.shown = null;
    this.due = null;
    this.listen();
  }

  // --- what a plot does ----------------------------------------------------------------------

  stage(field, theme) {
    this.relief = field.dimension === 2 ? new Relief(field) : null;
    this.aloft = this.relief && new Aloft(this.relief);
    this.shown = null;
    if (this.relief) at("cut").textContent = this.cutText();
    this.dress(theme);
  }

  dress(theme) {
    this.theme = theme;
    this.relief?.colour(theme);
    this.ask();
  }

  show(walk, k, ghost, others, chosen) {
    if (!this.relief) return;
    const parts = [walk, k, ghost, others, chosen];
    const { aloft } = this;
    this.shown = { lines: aloft.lines(...parts), marks: aloft.marks(...parts), words: aloft.words(walk, k) };
    this.ask();
  }

  cutText() {
    const { isCut, top, bottom } = this.relief;
    const cuts = [isCut.above && `above f = ${brief(top)}`, isCut.below && `below f = ${brief(bottom)}`];
    const told = cuts.filter(Boolean).join(" and ");
    return told && `Cut off ${told}.`;
  }

  // --- turning -------------------------------------------------------------------------------

  listen() {
    const { canvas } = this;
    let last = null;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      last = [event.clientX, event.clientY];
    });
    canvas.addEventListener("pointermove", (event) => {
      if (last === null) return;
      const [dx, dy] = [event.clientX - last[0], event.clientY - last[1]];
      last = [event.clientX, event.clientY];
      this.turn(-TURN.pixel * dx, TURN.pixel * dy);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        last = null;
      });
    }
    canvas.addEventListener("keydown", (event) => this.onKey(event));
    at("usual-view").addEventListener("click", () => {
      this.reset();
      canvas.focus();
    });
    new ResizeObserver(() => this.ask()).observe(canvas);
  }

  // Its arrow keys turn it; elsewhere on the page they step through the walk.
  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const turns = {
      ArrowLeft: () => this.turn(-TURN.key, 0),
      ArrowRight: () => this.turn(TURN.key, 0),
      ArrowUp: () => this.turn(0, TURN.key),
      ArrowDown: () => this.turn(0, -TURN.key),
      Home: () => this.reset(),
    };
    const turn = turns[event.key];
    if (!turn) return;
    event.preventDefault();
    event.stopPropagation();
    turn();
    at("status").textContent = this.viewText();
  }

  turn(azimuth, elevation) {
    this.gliding = null;
    this.look(this.view.azimuth + azimuth, this.view.elevation + elevation);
  }

  look(azimuth, elevation) {
    const whole = ((((azimuth + 180) % 360) + 360) % 360) - 180;
    this.view = { azimuth: whole, elevation: clamp(elevation, ...ELEVATIONS) };
    at("usual-view").hidden = whole === USUAL_VIEW.azimuth && this.view.elevation === USUAL_VIEW.elevation;
    this.ask();
  }

  // Back to the usual view, by a glide that shows which way, unless no motion is wanted.
  reset() {
    const from = this.view;
    const begun = performance.now();
    const way = ((((USUAL_VIEW.azimuth - from.azimuth + 180) % 360) + 360) % 360) - 180;
    const rise = USUAL_VIEW.elevation - from.elevation;
    const glide = (now) => {
      if (this.gliding !== glide) return;
      const share = isCalm.matches ? 1 : clamp((now - begun) / GLIDE_TIME, 0, 1);
      const eased = share * share * (3 - 2 * share);
      if (share === 1) this.look(USUAL_VIEW.azimuth, USUAL_VIEW.elevation);
      else this.look(from.azimuth + eased * way, from.elevation + eased * rise);
      if (share < 1) requestAnimationFrame(glide);
    };
    this.gliding = glide;
    glide(begun);
  }

  viewText() {
    const { azimuth, elevation } = this.view;
    const [about, up] = [azimuth, elevation].map((angle) => typographic(String(Math.round(angle))));
    return `Seen from ${about}° about the f axis, ${up}° up.`;
  }

  // --- painting ------------------------------------------------------------------------------

  // However often it is asked for, it is painted once a frame.
  ask() {
    this.due ??= requestAnimationFrame(() => {
      this.due = null;
      this.draw();
    });
  }

  draw() {
    const { canvas, context, relief, shown } = this;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!relief || !shown || !width || !height) return;
    const ratio = devicePixelRatio;
    const size = [width, height].map((side) => Math.round(side * ratio));
    if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const sight = new Sight({ ...this.view, width, height });
    const frame = new Frame(relief, sight);
    this.drawFloor(frame);
    this.drawFaces(sight);
    this.drawAxes(frame);
    this.drawn = { view: { ...this.view }, middle: sight.middle, scale: sight.scale, ...this.seen(sight) };
    this.drawWalks();
    const told = this.toldText();
    if (at("surface-told").textContent !== told) at("surface-told").textContent = told;
  }

  drawFloor({ floor, sight }) {
    const { context, relief, theme } = this;
    this.outline(floor);
    context.fillStyle = theme.panel;
    context.fill();
    context.fillStyle = theme.forbidden;
    this.outline(...relief.cells.map(({ bare }) => bare.map((place) => sight.pixel(place))));
    context.fill();
    this.outline(floor);
    context.strokeStyle = theme.dim;
    context.lineWidth = 1;
    context.stroke();
  }

  outline(...areas) {
    const { context } = this;
    context.beginPath();
    for (const area of areas) {
      area.forEach(([u, v], k) => (k ? context.lineTo(u, v) : context.moveTo(u, v)));
      context.closePath();
    }
  }

  // The hot place: what is done here is done 1600 times a picture.
  drawFaces(sight) {
    const { context, relief, theme } = this;
    const [us, vs] = sight.pixels(relief.places);
    const [columns, rows] = [sight.rows(0), sight.rows(1)];
    context.strokeStyle = `rgb(${channels(theme.onHeat).join(" ")} / 0.45)`;
    context.lineWidth = 1;
    for (const i of columns) {
      for (const j of rows) {
        const cell = relief.cells[j * CELLS + i];
        if (!cell.rim) continue;
        this.drawFace(cell, us, vs);
        if (!cell.lines.length) continue;
        context.beginPath();
        for (const [begin, end] of cell.lines) {
          context.moveTo(us[begin], vs[begin]);
          for (let k = begin + 1; k < end; k += 1) context.lineTo(us[k], vs[k]);
        }
        context.stroke();
      }
    }
  }

  // A face, a little larger than it is; which side of it is seen tells the sense of its rim.
  drawFace({ rim: [begin, end], over, under }, us, vs) {
    const { context } = this;
    let turned = 0;
    for (let k = begin, last = end - 1; k < end; last = k, k += 1) {
      turned += us[last] * vs[k] - us[k] * vs[last];
    }
    const out = turned < 0 ? -OVERLAP : OVERLAP;
    context.beginPath();
    for (let k = begin; k < end; k += 1) {
      const last = k > begin ? k - 1 : end - 1;
      const next = k < end - 1 ? k + 1 : begin;
      const a = us[k] - us[last];
      const b = vs[k] - vs[last];
      const c = us[next] - us[k];
      const d = vs[next] - vs[k];
      const before = Math.sqrt(a * a + b * b) || 1;
      const after = Math.sqrt(c * c + d * d) || 1;
      // Each edge is moved outward, but no sharp corner runs far ahead.
      const grown = out / Math.max(1 + (a * c + b * d) / (before * after), 0.6);
      const s = us[k] + grown * (b / before + d / after);
      const t = vs[k] - grown * (a / before + c / after);
      if (k > begin) context.lineTo(s, t);
      else context.moveTo(s, t);
    }
    context.fillStyle = turned < 0 ? over : under;
    context.fill();
  }

  drawAxes({ axes }) {
    const { context, theme } = this;
    context.strokeStyle = theme.dim;
    context.lineWidth = 1.5;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const { line, marks, labels, name } of axes) {
      context.beginPath();
      for (const [from, to] of [line, ...marks]) {
        context.moveTo(...from);
        context.lineTo(...to);
      }
      context.stroke();
      context.fillStyle = theme.label;
      context.font = `${TEXT.tick}px ${FONT}`;
      for (const { text, place: [u, v] } of labels) {
        const half = context.measureText(text).width / 2;
        context.fillText(text, clamp(u, half, this.canvas.clientWidth - half), v);
      }
      context.font = `italic ${TEXT.name}px ${FONT}`;
      context.fillText(name.text, ...name.place);
    }
  }

  // The pixels of all that is shown, and of each whether the surface is before it.
  seen(sight) {
    const { relief, shown: { lines, marks, words } } = this;
    const spot = (place) => {
      const [u, v] = sight.pixel(place);
      return { u, v, isHidden: sight.isHidden(relief, place) };
    };
    const turns = (places, ways) => ways?.map((way, k) => sight.angle(places[k], way));
    return {
      lines: lines.map((part) => ({ ...part, lines: part.lines.map((line) => line.map(spot)) })),
      marks: marks.map(({ places, ways, ...part }) => ({
        ...part,
        spots: places.map(spot),
        angles: turns(places, ways),
      })),
      words: words && { text: words.text, place: sight.pixel(words.place) },
    };
  }

  // What the surface hides is drawn faintly, on top of it; so nothing of a walk is ever lost.
  drawWalks() {
    const { context, drawn: { lines, marks, words } } = this;
    context.lineJoin = context.lineCap = "round";
    const cased = lines.filter(({ name }) => LINE_LOOKS[name].isCased);
    for (const isHidden of [true, false]) {
      context.globalAlpha = isHidden ? FAINT : 1;
      if (!isHidden) for (const part of cased) this.stroke(part, isHidden, true);
      for (const part of lines) this.stroke(part, isHidden, false);
      for (const part of marks) this.stamp(part, isHidden);
    }
    context.lineJoin = "miter";
    context.lineCap = "butt";
    if (words) this.write(words);
  }

  stroke({ name, i, lines }, isHidden, isCasing) {
    const { context, theme } = this;
    const { width, dash, colour } = LINE_LOOKS[name];
    context.beginPath();
    for (const line of lines) {
      for (let k = 1; k < line.length; k += 1) {
        const [p, q] = [line[k - 1], line[k]];
        if ((p.isHidden || q.isHidden) !== isHidden) continue;
        const goesOn = k > 1 && (line[k - 2].isHidden || p.isHidden) === isHidden;
        if (!goesOn) context.moveTo(p.u, p.v);
        context.lineTo(q.u, q.v);
      }
    }
    context.strokeStyle = isCasing ? theme.onHeat : colour(theme, i);
    context.lineWidth = isCasing ? CASING : width;
    context.setLineDash(isCasing ? [] : (dash ?? []));
    context.stroke();
    context.setLineDash([]);
  }

  stamp({ name, i, spots, angles }, isHidden) {
    const { context, theme } = this;
    const { shape, size, rim, rise = 0, fill, line } = MARK_LOOKS[name];
    context.fillStyle = fill(theme, i);
    context.strokeStyle = line(theme, i);
    context.lineWidth = rim;
    spots.forEach((spot, k) => {
      // What is told of the box's sides is never behind them.
      if ((spot.isHidden && !["edge", "lost"].includes(name)) !== isHidden) return;
      context.save();
      context.translate(spot.u, spot.v - rise);
      context.rotate(angles?.[k] ?? 0);
      context.beginPath();
      SHAPED[shape === "own" ? SHAPES[i] : (shape ?? "circle")](context, size / 2);
      context.fill();
      context.stroke();
      context.restore();
    });
  }

  // Words above the surface, or they would cover what they tell of.
  write({ text, place: [u] }) {
    const { context, canvas, theme } = this;
    context.font = `${TEXT.label}px ${FONT}`;
    const wide = context.measureText(text).width + 8;
    const [left, top] = [clamp(u - wide / 2, 0, Math.max(canvas.clientWidth - wide, 0)), 2];
    context.globalAlpha = 0.85;
    context.fillStyle = theme.ground;
    context.fillRect(left, top, wide, 20);
    context.globalAlpha = 1;
    context.fillStyle = theme.danger;
    context.textAlign = "left";
    context.fillText(text, left + 4, top + 10);
  }

  toldText() {
    const { relief, drawn: { marks, words } } = this;
    const { low, high } = relief.field.heights;
    const [now] = marks.find(({ name }) => name === "now").spots;
    const reach = ([from, to]) => `from ${brief(from)} to ${brief(to)}`;
    const [x, y] = relief.field.window;
    const where = now
      ? `The walk’s point is ${now.isHidden ? "behind" : "on"} it.`
      : `The walk left the box: ${words.text}.`;
    return `f over x ${reach(x)} and y ${reach(y)}, mostly ${reach([low, high])}. ${where} ${this.cutText()}`;
  }
}
