// The two pictures. Of several walks one is shown with all its parts, the others beside it. Data go
// to Bokeh in data coordinates; what lies outside a window is cut off by the frame, never moved into
// it, and an arrow at the edge tells where it went.

const FONT = '"Iowan Old Style", "Palatino Linotype", Palatino, "Libertinus Serif", Georgia, serif';
const GRAPH_SAMPLES = 1201;
const HEAT_PIXELS = 220;
const SHAPES = ["circle", "square", "diamond"];

const RULER = document.createElement("canvas").getContext("2d");

// Of words in the picture, in pixels.
const widthOf = (text, size) => {
  RULER.font = `${size}px ${FONT}`;
  return RULER.measureText(text).width;
};

class Plot {
  constructor(model) {
    this.model = model;
    this.textSize = 14;
    this.document = model.document;
    this.renderers = new Map(model.renderers.map((renderer) => [renderer.name, renderer]));
    for (const axis of this.axes()) {
      axis.major_label_text_font = FONT;
      axis.major_label_text_font_size = "13px";
      axis.axis_label_text_font = FONT;
      axis.axis_label_text_font_size = "15px";
      axis.axis_label_text_font_style = "italic";
      axis.axis_label_standoff = 2;
    }
  }

  axes() {
    return [...this.model.below, ...this.model.left];
  }

  put(name, data) {
    this.renderers.get(name).data_source.data = data;
  }

  // Polylines, each a list of points. Where they go far out of sight they are cut there: a canvas
  // draws a line that ends at 10¹⁰⁰ as a band.
  lines(name, lines) {
    const cut = lines.flatMap((line) => this.withoutFarParts(line));
    this.put(name, {
      xs: cut.map((line) => line.map((p) => p[0])),
      ys: cut.map((line) => line.map((p) => p[1])),
    });
  }

  withoutFarParts(line) {
    const [low, high] = [-20, 21];
    const near = line.map(([x, y]) => [
      (x - this.left) / (this.right - this.left),
      (y - this.bottom) / (this.top - this.bottom),
    ]);
    if (near.flat().every((u) => u >= low && u <= high)) return [line];
    return line.slice(1).flatMap((_, k) => {
      const part = partWithin(near[k], near[k + 1], low, high);
      if (part === null) return [];
      const [a, b] = part.isTurned ? [k + 1, k] : [k, k + 1];
      return [part.shares.map((share) => line[a].map((c, i) => c + share * (line[b][i] - c)))];
    });
  }

  // Marks at points, triangles turned by angles (0 = pointing up, anticlockwise).
  marks(name, points, angles = []) {
    this.put(name, {
      x: points.map((p) => p[0]),
      y: points.map((p) => p[1]),
      angle: points.map((_, i) => angles[i] ?? 0),
    });
  }

  paint(name, colours) {
    const { glyph } = this.renderers.get(name);
    for (const [property, colour] of Object.entries(colours)) glyph[property] = { value: colour };
  }

  window([left, right], [bottom, top]) {
    this.left = left;
    this.right = right;
    this.bottom = bottom;
    this.top = top;
    this.model.x_range.setv({ start: left, end: right });
    this.model.y_range.setv({ start: bottom, end: top });
  }

  // Pixels a unit, along x and y.
  scale() {
    const width = this.model.inner_width || 600;
    const height = this.model.inner_height || 400;
    return [width / (this.right - this.left), height / (this.top - this.bottom)];
  }

  shows([x, y]) {
    return x >= this.left && x <= this.right && y >= this.bottom && y <= this.top;
  }

  // Which way a triangle must turn to point from p to q, as seen on the screen.
  turn(p, q) {
    const [sx, sy] = this.scale();
    return Math.atan2((q[1] - p[1]) * sy, (q[0] - p[0]) * sx) - Math.PI / 2;
  }

  // Points outside: a place on the edge for each, and the way its arrow points.
  exits(points) {
    const [sx, sy] = this.scale();
    const within = (u, low, high, pad) => Math.min(Math.max(u, low + pad), high - pad);
    const places = points.map(([x, y]) => [
      within(x, this.left, this.right, 11 / sx),
      within(y, this.bottom, this.top, 11 / sy),
    ]);
    const out = (u, low, high) => Number(u > high) - Number(u < low);
    const angles = points.map(
      ([x, y]) =>
        Math.atan2(out(y, this.bottom, this.top), out(x, this.left, this.right)) - Math.PI / 2,
    );
    return { places, angles };
  }

  // The walk that has all its parts is in its method's colours, its iterate in its shape.
  dressWalk(i) {
    const [now, past] = this.theme.methods[i];
    this.paint("now", { fill_color: now });
    this.paint("past", { line_color: past });
    this.renderers.get("now").glyph.marker = { value: SHAPES[i] };
    return [now, past];
  }

  // The other walks: their lines, and a mark where each is now.
  showOthers(others, lines, place) {
    for (const i of SHAPES.keys()) {
      const other = others.find((one) => one.i === i);
      const [now] = this.theme.methods[i];
      this.lines(`other${i}`, other ? lines(other) : []);
      const here = other && !Number.isNaN(other.walk.values[other.k]) ? [place(other)] : [];
      this.marks(`other${i}_now`, here.filter((p) => p.every(Number.isFinite) && this.shows(p)));
      this.paint(`other${i}`, { line_color: now });
      this.paint(`other${i}_now`, { fill_color: now, line_color: this.theme.ground });
    }
  }

  // One label beside a place, on the side where there is room; above or below it where it is so
  // long that neither side has enough.
  label(texts) {
    const words = { x: [], y: [], text: [], dx: [], dy: [], align: [], baseline: [] };
    const [sx] = this.scale();
    for (const { place, text, gap = 14 } of texts) {
      const isRight = place[0] > (this.left + this.right) / 2;
      const isHigh = place[1] > this.top - 0.1 * (this.top - this.bottom);
      const isLow = place[1] < this.bottom + 0.1 * (this.top - this.bottom);
      words.x.push(place[0]);
      words.y.push(place[1]);
      words.text.push(text);
      const room = sx * (isRight ? place[0] - this.left : this.right - place[0]);
      const over = Math.max(gap + widthOf(text, this.textSize) + 8 - room, 0);
      words.dx.push(isRight ? over - gap : gap - over);
      const away = over > 0 ? 15 : 5;
      words.dy.push(isHigh ? away : isLow || over > 0 ? -away : 0);
      words.align.push(isRight ? "right" : "left");
      words.baseline.push(isHigh ? "top" : isLow || over > 0 ? "bottom" : "middle");
    }
    this.put("words", words);
  }

  dress(theme) {
    this.theme = theme;
    for (const axis of this.axes()) {
      axis.axis_line_color = theme.dim;
      axis.major_tick_line_color = theme.dim;
      axis.major_label_text_color = theme.label;
      axis.axis_label_text_color = theme.label;
    }
    const { glyph } = this.renderers.get("words");
    glyph.text_font = { value: FONT };
    glyph.text_font_size = { value: "15px" };
    this.paint("words", { text_color: theme.danger, background_fill_color: theme.ground });
    this.paint("words", { text_font: FONT, text_font_size: `${this.textSize}px` });
    this.paint("lost", { line_color: theme.danger });
    this.paint("edge", { fill_color: theme.danger, line_color: theme.ground });
    this.paint("now", { line_color: theme.ground });
  }
}

class Plane extends Plot {
  // Everything that stays while a function is looked at.
  stage(field, theme) {
    this.field = field;
    const is1d = field.dimension === 1;
    const [xs, ys] = is1d ? field.view : field.window;
    this.window(xs, ys);
    const [below, left] = this.axes();
    below.axis_label = "x";
    left.axis_label = is1d ? "f(x)" : "y";
    this.lines("graph", is1d ? this.graph() : []);
    this.put("forbidden", is1d ? this.forbidden() : { left: [], right: [], bottom: [], top: [] });
    this.lines("contours", is1d ? [] : field.heights.lines);
    this.lines("valleys", field.minima.map(({ curve }) => curve).filter((curve) => curve.length));
    this.dress(theme);
    this.model.y_range.change.emit();
  }

  graph() {
    const [low, high] = [this.left, this.right];
    const at = (i) => low + ((high - low) * i) / (GRAPH_SAMPLES - 1);
    const pieces = [[]];
    for (let i = 0; i < GRAPH_SAMPLES; i += 1) {
      const y = valueAt(this.field, [at(i)]);
      if (Number.isFinite(y)) pieces.at(-1).push([at(i), y]);
      else if (pieces.at(-1).length) pieces.push([]);
    }
    return pieces.filter((piece) => piece.length > 1);
  }

  // The parts of the x axis where there is no value, each from edge to edge of its gap.
  forbidden() {
    const count = 600;
    const at = (i) => this.left + ((this.right - this.left) * i) / count;
    const border = (a, b) => {
      const isIn = contains(this.field, [a]);
      for (let i = 0; i < 40; i += 1) {
        const middle = (a + b) / 2;
        if (contains(this.field, [middle]) === isIn) a = middle;
        else b = middle;
      }
      return b;
    };
    const quads = { left: [], right: [], bottom: [], top: [] };
    let begin = null;
    for (let i = 0; i <= count; i += 1) {
      const isIn = contains(this.field, [at(i)]);
      if (!isIn && begin === null) begin = i === 0 ? this.left : border(at(i - 1), at(i));
      if (begin !== null && (isIn || i === count)) {
        quads.left.push(begin);
        quads.right.push(isIn ? border(at(i - 1), at(i)) : this.right);
        quads.bottom.push(this.bottom);
        quads.top.push(this.top);
        begin = null;
      }
    }
    return quads;
  }

  // The heat map as an image that the page paints from the field itself.
  heat(theme) {
    const [[left, right], [bottom, top]] = this.field.window;
    const canvas = document.createElement("canvas");
    canvas.width = HEAT_PIXELS;
    canvas.height = HEAT_PIXELS;
    const context = canvas.getContext("2d");
    const image = context.createImageData(HEAT_PIXELS, HEAT_PIXELS);
    const stops = theme.heat.map(channels);
    const none = channels(theme.forbidden);
    for (let j = 0; j < HEAT_PIXELS; j += 1) {
      for (let i = 0; i < HEAT_PIXELS; i += 1) {
        const x = left + ((right - left) * (i + 0.5)) / HEAT_PIXELS;
        const y = top - ((top - bottom) * (j + 0.5)) / HEAT_PIXELS;
        const value = valueAt(this.field, [x, y]);
        const colour = Number.isNaN(value) ? none : between(stops, heatShare(this.field.heights, value));
        image.data.set([...colour, 255], 4 * (j * HEAT_PIXELS + i));
      }
    }
    context.putImageData(image, 0, 0);
    const url = canvas.toDataURL();
    return { url: [url], x: [left], y: [bottom], w: [right - left], h: [top - bottom] };
  }

  dress(theme) {
    super.dress(theme);
    const is1d = this.field.dimension === 1;
    this.put("heat", is1d ? { url: [], x: [], y: [], w: [], h: [] } : this.heat(theme));
    this.paint("graph", { line_color: theme.function });
    this.paint("contours", { line_color: theme.onHeat });
    this.paint("valleys", { line_color: theme.minimum });
    this.paint("forbidden", { fill_color: theme.forbidden });
    this.paint("drops", { line_color: theme.dim });
    this.paint("tangent", { line_color: theme.tangent });
    // On the heat map all lines have a dark rim; beside it, where the ground is dark, a colour.
    this.paint("casing", { line_color: theme.onHeat });
    this.paint("next", { line_color: theme.tangent });
    const shade = is1d ? theme.label : theme.ink;
    this.paint("ghost", { line_color: shade });
    this.paint("ghosts", { line_color: shade, fill_color: theme.ground });
    this.paint("past_heads", { line_color: is1d ? null : theme.onHeat });
    this.paint("head", { line_color: null });
    this.paint("minima", { fill_color: theme.minimum, line_color: theme.ground });
    this.paint("past", { fill_color: is1d ? theme.ground : theme.onHeat });
    this.renderers.get("past").glyph.size = { value: is1d ? 11 : 9 };
    this.renderers.get("now").glyph.line_width = { value: is1d ? 2 : 3 };
  }

  // How high over the axis of a graph that is marked which has no value.
  get air() {
    return this.bottom + 0.33 * (this.top - this.bottom);
  }

  // The walk up to iterate k, and up to there what gdmath's loop does where it does otherwise.
  show(walk, k, ghost, others, chosen) {
    this.dressWalk(chosen);
    const is1d = this.field.dimension === 1;
    this.others = others.map((other) => {
      const { points, values } = other.walk;
      const places = points.slice(0, other.k + 1).map((p, j) => (is1d ? [p[0], values[j]] : p));
      return { ...other, places, ofThose: places.filter((p) => p.every(Number.isFinite)) };
    });
    if (is1d) this.showLine(walk, k);
    else this.showMap(walk, k);
    this.showOthers(this.others, (other) => this.trail(other), ({ places }) => places.at(-1));
    this.showGhost(ghost, k === walk.stoppedAt ? Infinity : k);
  }

  dressWalk(i) {
    const [now, past] = super.dressWalk(i);
    this.paint("step", { line_color: now });
    this.paint("head", { fill_color: now });
    this.paint("past_steps", { line_color: past });
    this.paint("past_heads", { fill_color: past });
  }

  // On a map another walk is a line; on a graph it is the arcs of its steps.
  trail({ ofThose }) {
    if (this.field.dimension === 2) return [ofThose];
    const [sx, sy] = this.scale();
    return ofThose.slice(1).map(([x], j) => this.arc(ofThose[j][0], x, sx, sy));
  }

  showGhost(ghost, k) {
    const is1d = this.field.dimension === 1;
    const points = ghost?.points.slice(0, k + 1) ?? [];
    const places = is1d ? points.map(([x], j) => [x, ghost.values[j]]) : points;
    const ofThose = places.filter((place) => place.every(Number.isFinite));
    const drop = ([x, y]) => [[x, this.bottom], [x, y]];
    this.lines("ghost", is1d ? ofThose.slice(-1).map(drop) : [ofThose]);
    this.marks("ghosts", ofThose.filter((place) => this.shows(place)));
  }

  showLine(walk, k) {
    const [sx, sy] = this.scale();
    const onGraph = (j) => [walk.points[j][0], walk.values[j]];
    const hasValue = (j) => Number.isFinite(walk.values[j]);
    const x = walk.points[k][0];
    const arcs = [];
    const heads = [];
    const angles = [];
    for (let j = 1; j <= k; j += 1) {
      const [a, b] = [walk.points[j - 1][0], walk.points[j][0]];
      const arc = this.arc(a, b, sx, sy);
      arcs.push(arc);
      const isWide = Math.abs(b - a) * sx > 12;
      heads.push([b, this.bottom + 4.5 / sy]);
      angles.push(isWide ? Math.PI : NaN);
    }
    const past = [...arcs.keys()].filter((j) => j < k - 1);
    this.lines("casing", []);
    const keeps = past.filter((j) => !Number.isNaN(angles[j]));
    this.lines("past_steps", past.map((j) => arcs[j]));
    this.marks("past_heads", keeps.map((j) => heads[j]), keeps.map((j) => angles[j]));
    this.lines("step", k > 0 ? [arcs[k - 1]] : []);
    const isWide = k > 0 && !Number.isNaN(angles[k - 1]);
    this.marks("head", isWide ? [heads[k - 1]] : [], [Math.PI]);
    this.lines("drops", [[[x, this.bottom], hasValue(k) ? onGraph(k) : [x, this.air]]]);
    this.lines("next", []);
    this.lines("tangent", hasValue(k) ? [this.tangentAt(walk, k, sx, sy)] : []);
    const before = [...Array(k).keys()].filter(hasValue).map(onGraph);
    this.marks("past", before.filter((p) => this.shows(p)));
    const here = hasValue(k) ? onGraph(k) : null;
    this.marks("now", here && this.shows(here) ? [here] : []);
    const lift = 15 / sy;
    const lowest = this.field.minima.map(({ point }) => [point[0], valueAt(this.field, point)]);
    this.marks("minima", lowest.map(([u, v]) => [u, v + lift]));
    // What has no value lies on the axis; what lies outside is told at the edge.
    const places = walk.points.slice(0, k + 1).map(([u], j) => {
      const height = walk.values[j];
      return [u, Number.isNaN(height) ? this.air : height];
    });
    const isLost = !hasValue(k) && Number.isNaN(walk.values[k]);
    this.tellOutside(places, k, isLost, (j) => this.lineLabel(walk, j));
  }

  lineLabel(walk, j) {
    const name = `x${subscript(j)} = ${brief(walk.points[j][0])}`;
    const value = walk.values[j];
    return Number.isNaN(value) ? `${name}: no value` : `${name}, f = ${brief(value)}`;
  }

  // Half an ellipse over the x axis; long jumps arch higher, but never over the picture.
  arc(a, b, sx, sy) {
    const height = Math.min(0.45 * Math.abs(b - a) * sx, 0.2 * (this.top - this.bottom) * sy) / sy;
    const middle = (a + b) / 2;
    const half = (b - a) / 2;
    // Only the angles that are in sight, and a little more, or a long arc would show its corners.
    const margin = (this.right - this.left) / 10;
    const edges = [this.left - margin, this.right + margin];
    const [first, last] = edges
      .map((x) => Math.acos(clamp(half ? (x - middle) / half : 0, -1, 1)))
      .sort((one, other) => one - other);
    return Array.from({ length: 61 }, (_, i) => {
      const angle = first + ((last - first) * i) / 60;
      return [middle + half * Math.cos(angle), this.bottom + height * Math.sin(angle)];
    });
  }

  tangentAt(walk, k, sx, sy) {
    const [x, y, slope] = [walk.points[k][0], walk.values[k], walk.gradients[k][0]];
    const dx = 85 / Math.hypot(sx, slope * sy);
    return [
      [x - dx, y - slope * dx],
      [x + dx, y + slope * dx],
    ];
  }

  showMap(walk, k) {
    const [sx, sy] = this.scale();
    const points = walk.points.slice(0, k + 1);
    this.lines("past_steps", k > 1 ? [points.slice(0, -1)] : []);
    this.lines("step", k > 0 ? [points.slice(-2)] : []);
    this.lines("drops", []);
    this.lines("tangent", []);
    const heads = points.slice(1).map((q, j) => [points[j], q]);
    const long = heads.filter(([p, q]) => Math.hypot((q[0] - p[0]) * sx, (q[1] - p[1]) * sy) > 34);
    const middle = ([p, q]) => [0.42 * p[0] + 0.58 * q[0], 0.42 * p[1] + 0.58 * q[1]];
    const isNow = (pair) => pair === heads.at(-1);
    const was = long.filter((pair) => !isNow(pair));
    const is = long.filter(isNow);
    this.marks("past_heads", was.map(middle), was.map(([p, q]) => this.turn(p, q)));
    this.marks("head", is.map(middle), is.map(([p, q]) => this.turn(p, q)));
    const ahead = walk.points[k + 1];
    this.lines("next", ahead ? [[points[k], ahead]] : []);
    this.lines("casing", [ahead ? [...points, ahead] : points, ...this.others.map((o) => o.ofThose)]);
    this.marks("past", points.slice(0, -1).filter((p) => this.shows(p)));
    const isLost = Number.isNaN(walk.values[k]);
    this.marks("now", this.shows(points[k]) && !isLost ? [points[k]] : []);
    const single = this.field.minima.filter(({ curve }) => !curve.length);
    this.marks("minima", single.map(({ point: [u, v] }) => [u, v + 14 / sy]));
    this.tellOutside(points, k, isLost, (j) => mapLabel(walk, j));
  }

  // Crosses on places without a value, arrows for places outside, words for the latest of them.
  tellOutside(places, k, isLost, name) {
    const outside = [...places.keys()].filter((j) => !this.shows(places[j]));
    const others = this.others.map((other) => other.places.at(-1));
    const gone = others.filter((place) => !this.shows(place) && !place.some(Number.isNaN));
    const { places: exits, angles } = this.exits([...gone, ...outside.map((j) => places[j])]);
    this.marks("edge", exits, angles);
    const edges = exits.slice(gone.length);
    const seen = isLost && this.shows(places[k]);
    const lost = this.others.filter(({ walk, k: at }) => Number.isNaN(walk.values[at]));
    const crosses = lost.map(({ places: way }) => [way.at(-1)[0], this.field.dimension === 1 ? this.air : way.at(-1)[1]]);
    this.marks("lost", [...(seen ? [places[k]] : []), ...crosses]);
    if (seen) this.label([{ place: places[k], text: name(k) }]);
    else this.label(outside.length ? [{ place: edges.at(-1), text: name(outside.at(-1)) }] : []);
  }
}

class Course extends Plot {
  stage(field, theme) {
    this.field = field;
    this.dress(theme);
  }

  dress(theme) {
    super.dress(theme);
    this.paint("floor", { line_color: theme.minimum });
    this.paint("ahead", { line_color: theme.faint });
    this.paint("ghost", { line_color: theme.label });
    this.paint("past", { fill_color: theme.ground });
  }

  // The window follows the walks' values, up to three times the height of its start.
  fit(walks, minimum, ghost) {
    const all = [...walks, ...(ghost ? [ghost] : [])];
    const finite = all.flatMap(({ values }) => values).filter(Number.isFinite);
    const floor = minimum ? valueAt(this.field, minimum.point) : Infinity;
    const low = Math.min(floor, ...finite.filter((v) => v >= finite[0] - 1e6 * (1 + Math.abs(finite[0]))));
    const start = finite[0] ?? 0;
    const rise = start - low || Math.max(1, Math.abs(start)) * 0.1;
    const high = Math.min(Math.max(...finite), low + 2.5 * rise);
    const span = Math.max(high, start) - low || rise;
    this.floor = Number.isFinite(floor) ? floor : null;
    const last = Math.max(...all.map(({ stoppedAt }) => stoppedAt), 1);
    this.window([-0.04 * last, 1.04 * last], [low - 0.1 * span, low + 1.14 * span]);
  }

  show(walk, k, ghost, others, chosen) {
    const [now] = this.dressWalk(chosen);
    this.paint("values", { line_color: others.length ? now : this.theme.function });
    const course = ({ values }) => [...values.entries()].filter(([, value]) => Number.isFinite(value));
    this.lines("ghost", ghost ? [course(ghost).filter(([j]) => j <= this.right)] : []);
    const passedBy = (other) => [course(other.walk).filter(([j]) => j <= other.k)];
    this.showOthers(others, passedBy, (other) => [other.k, other.walk.values[other.k]]);
    const at = (j) => [j, walk.values[j]];
    const finite = [...walk.values.keys()].filter((j) => Number.isFinite(walk.values[j]));
    const passed = finite.filter((j) => j <= k).map(at);
    this.lines("floor", this.floor === null ? [] : [[[this.left, this.floor], [this.right, this.floor]]]);
    this.lines("ahead", [finite.map(at)]);
    this.lines("values", [passed]);
    this.marks("past", passed.filter((p) => this.shows(p) && p[0] < k));
    const here = at(k);
    const isLost = Number.isNaN(walk.values[k]);
    this.marks("now", !isLost && this.shows(here) ? [here] : []);
    const place = [k, this.bottom + 0.08 * (this.top - this.bottom)];
    this.marks("lost", isLost ? [place] : []);
    const outside = walk.values.map((v, j) => [j, v]).slice(0, k + 1);
    const gone = outside.filter((p) => !Number.isNaN(p[1]) && !this.shows(p));
    const { places, angles } = this.exits(gone);
    this.marks("edge", places, angles);
    if (isLost) this.label([{ place, text: "no value" }]);
    else this.label(gone.length ? [{ place: places.at(-1), text: brief(gone.at(-1)[1]) }] : []);
  }
}

// Of the straight way from p to q what has all coordinates from low to high: shares of the way from
// its nearer end, for beside 10¹⁰⁰ the other is nothing; turned if that is q. Null if there is none.
const partWithin = (p, q, low, high) => {
  const isTurned = largest(p) > largest(q);
  const [a, b] = isTurned ? [q, p] : [p, q];
  if (largest(a) > 1e10) return null;
  let [from, to] = [0, 1];
  for (const i of a.keys()) {
    const way = b[i] - a[i];
    if (way === 0 && (a[i] < low || a[i] > high)) return null;
    if (way === 0) continue;
    const ends = [(low - a[i]) / way, (high - a[i]) / way].sort((one, other) => one - other);
    [from, to] = [Math.max(from, ends[0]), Math.min(to, ends[1])];
  }
  return from < to ? { isTurned, shares: [from, to] } : null;
};

const mapLabel = (walk, j) => {
  const name = `(x, y)${subscript(j)} = (${walk.points[j].map(brief).join(", ")})`;
  return Number.isNaN(walk.values[j]) ? `${name}: no value` : name;
};

const subscript = (k) => [...String(k)].map((c) => "₀₁₂₃₄₅₆₇₈₉"[c]).join("");

const channels = (colour) => [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));

// Where between the lowest colour, 0, and the highest, 1, a value of a field with such heights is.
const heatShare = ({ low, high, stretch }, value) => {
  const share = Math.min(Math.max((value - low) / (high - low), 0), 1);
  return stretch ? Math.log1p(stretch * share) / Math.log1p(stretch) : share;
};

// The colour at t in 0…1 along evenly spaced stops.
const between = (stops, t) => {
  const at = t * (stops.length - 1);
  const i = Math.min(Math.floor(at), stops.length - 2);
  return stops[i].map((c, j) => Math.round(c + (at - i) * (stops[i + 1][j] - c)));
};
