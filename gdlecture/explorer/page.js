// The page: what a person does changes the state; the state makes the walk; the walk is shown.

const MOST_STEPS = 1000;
const SLIDER = 1000;
const RUN_TIME = 5200;
const TICK = { least: 55, most: 520 };

const at = (id) => document.getElementById(id);
const isDark = matchMedia("(prefers-color-scheme: dark)");
const isCalm = matchMedia("(prefers-reduced-motion: reduce)");
// A notebook's cell has a theme of its own, which is then the frame's.
const theme = () => THEMES[document.documentElement.dataset.theme ?? (isDark.matches ? "dark" : "light")];
const clamp = (u, low, high) => Math.min(Math.max(u, low), high);
const threeDigits = (u) => Number(u.toPrecision(3));

class Explorer {
  // The host, of a page that is a notebook's cell, keeps the state; it may have a `descend` that
  // asks someone else for the walk, who answers by and by.
  constructor(fields, plane, course, surface, host) {
    this.host = host;
    this.fields = fields;
    this.plane = plane;
    this.course = course;
    this.surface = surface;
    this.plots = [plane, course, surface];
    this.timer = null;
    this.state = null;
    this.field = null;
    // Someone else's code is of one method, whichever it is.
    at("methods").hidden = Boolean(host?.descend);
    this.walks = [];
    this.ghost = null;
    this.asked = null;
    this.listen();
  }

  // --- state ---------------------------------------------------------------------------------

  // The walk whose numbers are shown, its method, and how far it is: to its end at most.
  get walk() {
    return this.walks[this.state?.chosen] ?? null;
  }

  get method() {
    return this.state.methods[this.state.chosen];
  }

  get k() {
    return Math.min(this.state.k, this.walk.stoppedAt);
  }

  // Where the last of the walks is over.
  get last() {
    return Math.max(...this.walks.map(({ stoppedAt }) => stoppedAt));
  }

  // Change the state. `then` is what is seen: the run from its start, its end, or iterate k. A
  // `rate` is one for all methods.
  set({ rate, ...change }, then) {
    const state = { ...this.state, ...change };
    if (rate) state.methods = ratedAnew(state.methods, rate);
    const field = this.fields.find(({ name }) => name === state.name);
    if (!contains(field, state.start)) {
      const missing = explain(field, state.start) || "a finite number";
      this.say(`No value at ${pointText(field, state.start)}: needs ${missing}.`, true);
      this.fillControls();
      return;
    }
    this.pause();
    this.state = state;
    if (field !== this.field) this.enter(field);
    this.minimum = field.minima[minimumBelow(field, state.start)] ?? null;
    const own = state.methods.map((method) =>
      descend(field, state.start, method, state.steps, state.tolerance),
    );
    this.asked = { own, then };
    const { start, steps, methods: [first] } = state;
    if (this.host?.descend) this.host.descend({ start, rate: first.rate, steps });
    else this.take(own, null, then);
  }

  setMethod(change, then = "end") {
    const { methods, chosen } = this.state;
    this.set({ methods: methods.map((m, i) => (i === chosen ? { ...m, ...change } : m)) }, then);
  }

  // What someone else's code made of it: its points, and what is to be said of them; or null.
  answer(run) {
    const { own: [own], then } = this.asked;
    this.take([run ? recorded(this.field, run, own) : own], run?.told ? own : null, then);
  }

  take(walks, ghost, then) {
    const { state } = this;
    this.walks = walks;
    this.ghost = ghost;
    if (this.host) at("key").hidden = ghost === null;
    this.course.fit(walks, this.minimum, ghost);
    const end = this.last;
    state.k = then === "end" ? end : then === "run" ? 0 : clamp(state.k, 0, end);
    this.fillControls();
    this.show();
    if (then === "run" && isCalm.matches) this.goTo(end);
    else if (then === "run") this.play();
  }

  enter(field) {
    this.field = field;
    document.body.dataset.dimension = String(field.dimension);
    at("formula").innerHTML = field.formula;
    at("finding").textContent = field.title;
    at("whose").textContent = field.isTyped ? "Settings to try" : "The labs’ settings";
    for (const plot of this.plots) plot.stage(field, theme());
    this.fitPlane();
    this.fitFormula();
    at("presets").replaceChildren(
      ...field.settings.map((setting) => this.presetButton(setting)),
    );
  }

  presetButton(setting) {
    const button = document.createElement("button");
    button.type = "button";
    const start = setting.start.map(brief).join(", ");
    const name = this.field.dimension === 1 ? "x₀ = " : "from ";
    const where = this.field.dimension === 1 ? start : `(${start})`;
    button.innerHTML = `<span>${name}${where}</span> <b>α = ${brief(setting.rate)}</b> <span>n = ${setting.steps}</span>`;
    button.addEventListener("click", () => this.set(settingOf(this.field, setting), "run"));
    return button;
  }

  // --- motion --------------------------------------------------------------------------------

  play() {
    this.pause();
    if (this.state.k >= this.last) this.state.k = 0;
    const tick = clamp(RUN_TIME / Math.max(this.last, 1), TICK.least, TICK.most);
    let due = performance.now() + tick;
    const frame = (now) => {
      if (now >= due) {
        due = Math.max(due + tick, now);
        this.state.k += 1;
        if (this.state.k >= this.last) {
          this.goTo(this.last);
          return;
        }
        this.show();
      }
      this.timer = requestAnimationFrame(frame);
    };
    if (this.last === 0) return;
    this.timer = requestAnimationFrame(frame);
    this.show();
  }

  pause() {
    if (this.timer !== null) cancelAnimationFrame(this.timer);
    this.timer = null;
  }

  toggle() {
    if (this.timer === null) this.play();
    else this.goTo(this.state.k);
  }

  // Stop at iterate k.
  goTo(k) {
    this.pause();
    this.state.k = clamp(k, 0, this.last);
    this.show();
    this.say(this.spoken());
  }

  // --- what is seen --------------------------------------------------------------------------

  show() {
    const { state, last } = this;
    this.draw();
    this.showReadout();
    this.showVerdict();
    at("k").max = String(last);
    at("k").value = String(state.k);
    at("count").textContent = `${state.k} of ${last}`;
    const isPlaying = this.timer !== null;
    at("play").setAttribute("aria-label", isPlaying ? "Pause" : "Play");
    at("play").dataset.playing = String(isPlaying);
    at("first").disabled = state.k === 0;
    at("back").disabled = state.k === 0;
    at("forward").disabled = state.k === last;
    if (!isPlaying) this.keepLink();
  }

  draw() {
    const { walks, walk, state, k, ghost } = this;
    const others = walks.flatMap((one, i) =>
      one === walk ? [] : [{ i, walk: one, k: Math.min(state.k, one.stoppedAt) }],
    );
    for (const plot of this.plots) plot.show(walk, k, ghost, others, state.chosen);
  }

  showReadout() {
    const { k } = this;
    const [point, value, gradient] = [this.walk.points[k], this.walk.values[k], this.walk.gradients[k]];
    const sub = (name) => `${name}<sub>${k}</sub>`;
    const row = (id, label, number) => {
      const { relation, text } = shown(number);
      at(`${id}-name`).innerHTML = label;
      at(id).textContent = `${relation} ${text}`;
    };
    const is1d = this.field.dimension === 1;
    row("read-x", sub("<i>x</i>"), point[0]);
    if (!is1d) row("read-y", sub("<i>y</i>"), point[1]);
    row("read-f", is1d ? `<i>f</i>(${sub("<i>x</i>")})` : `<i>f</i>`, value);
    row("read-g", is1d ? `<i>f</i> ′(${sub("<i>x</i>")})` : `∂<i>f</i>/∂<i>x</i>`, gradient[0]);
    if (!is1d) row("read-h", `∂<i>f</i>/∂<i>y</i>`, gradient[1]);
    at("read-k").textContent = `= ${k}`;
    at("here-name").innerHTML = is1d ? `2/<i>f</i> ″(${sub("<i>x</i>")})` : "2/<i>λ</i><sub>max</sub> here";
    at("here").textContent = boundText(stabilityBound(this.field, point));
  }

  showVerdict() {
    const box = at("verdict");
    const isWalking = this.timer !== null;
    const walking = { words: "walking …", sign: "dots", tone: "label" };
    const { words, sign, tone } = isWalking ? walking : (this.walk.told ?? fateOf(this.walk));
    box.dataset.verdict = isWalking ? "WALKING" : this.walk.verdict;
    box.dataset.sign = sign;
    box.dataset.tone = tone;
    at("word").textContent = words;
    at("because").textContent = isWalking ? " " : `${this.because()} ${this.walk.note ?? ""}`;
    this.walks.forEach((walk, i) => {
      at(`fate-${i}`).textContent = isWalking ? "…" : walk.told ? "" : shortFateOf(walk);
    });
  }

  // What the verdict stands on, in one sentence.
  because() {
    const { walk, state, field } = this;
    if (walk.told) return walk.told.because;
    const { kind, period, trend, moreSteps } = walk.ending;
    const last = walk.points.at(-1);
    const isTold = state.tolerance !== null;
    const slope = field.dimension === 1 ? "f ′ is" : "both parts of ∇f are";
    const small = isTold ? `There ${slope} smaller than ${brief(state.tolerance)}` : "There the slope is 0";
    const still = `the slope is still ${brief(largest(walk.gradients.at(-1)))}`;
    switch (walk.verdict) {
      case "CONVERGED":
        return isTold ? `${small}, and a minimum is as near as that tells.` : "It is as near to a minimum as float64 can tell.";
      case "STOPPED":
        if (kind === "none") return `${small}, and f goes on falling, towards a bound.`;
        return `${small}, yet no minimum is so near.`;
      case "STUCK":
        return `${small}, and no minimum is there.`;
      case "OSCILLATING":
        return period === null ? "It stays within bounds, its steps not shrinking." : `Every ${period} steps it is back.`;
      case "DIVERGED":
        return "Its steps grow beyond all bounds, and f rises.";
      case "FALLING":
        return "f falls below every bound.";
      case "LEFT_DOMAIN":
        return `${pointText(field, last)} has no value: that needs ${explain(field, last)}.`;
      default:
        if (trend === "approaching" && moreSteps !== null) {
          return `After ${walk.stoppedAt} steps ${still}; about ${aboutText(moreSteps)} more would do.`;
        }
        if (trend === "leaving") return `Carried on, it goes farther away; ${still}.`;
        if (this.method.name === "newton" && walk.stoppedAt < state.steps) {
          const matrix = field.dimension === 1 ? "f ″ is 0" : "the Hessian is singular";
          return `There ${matrix}, as far as float64 tells: Newton’s method has no next step.`;
        }
        if (walk.stoppedAt < state.steps || isBelow(walk.gradients.at(-1), state.tolerance)) {
          return "What becomes of it float64 does not tell.";
        }
        return `After ${walk.stoppedAt} steps ${still}.`;
    }
  }

  spoken() {
    const { walk, walks, field, k } = this;
    const value = `f ${shownText(walk.values[k])}`;
    const done = k === walk.stoppedAt ? ` ${at("word").textContent}. ${this.because()}` : "";
    const name = walks.length > 1 ? `${METHODS[this.method.name].label}: ` : "";
    return `${name}Step ${k} of ${walk.stoppedAt}: ${pointText(field, walk.points[k])}, ${value}.${done}`;
  }

  say(text, isWarning = false) {
    at("status").textContent = text;
    at("warning").textContent = isWarning ? text : "";
    const where = this.walks.length ? text : "";
    if (!isWarning) at("plane").setAttribute("aria-label", `The picture. ${where}`);
  }

  // --- controls ------------------------------------------------------------------------------

  fillControls() {
    const { state, field, walk, method } = this;
    for (const radio of document.querySelectorAll('input[name="function"]')) {
      radio.checked = radio.value === state.name;
    }
    at("start-x").value = String(state.start[0]);
    at("start-y").value = String(state.start[1] ?? "");
    at("rate-control").hidden = method.rate === null;
    if (method.rate !== null) {
      at("rate-number").value = String(method.rate);
      at("rate").value = String(this.placeOf(method.rate));
      at("rate").setAttribute("aria-valuetext", `α = ${method.rate}`);
    }
    this.fillMethods();
    at("steps").value = String(state.steps);
    at("steps-number").value = String(state.steps);
    at("stop").checked = state.tolerance !== null;
    const slope = field.dimension === 1 ? "|f ′|" : "|∂f/∂x|, |∂f/∂y|";
    at("stop-at").textContent = `${slope} < ${brief(state.tolerance ?? field.tolerance)}`;
    if (walk) this.fillGauge();
    [...at("presets").children].forEach((button, i) => {
      const { start, rate, steps } = field.settings[i];
      const same = steps === state.steps && state.methods.every((m) => !isRated(m) || m.rate === rate);
      const isPressed = same && start.every((c, j) => c === state.start[j]);
      button.setAttribute("aria-pressed", String(isPressed));
    });
  }

  fillMethods() {
    const { state, method, field } = this;
    const { methods, chosen } = state;
    at("methods").dataset.count = String(methods.length);
    document.body.dataset.method = method.name;
    document.body.dataset.chosen = String(chosen);
    for (let i = 0; i < MOST_METHODS; i += 1) {
      const one = methods[i];
      at(`method-${i}`).hidden = !one;
      if (!one) continue;
      const { label } = METHODS[one.name];
      at(`chosen-${i}`).checked = i === chosen;
      at(`chosen-${i}`).setAttribute("aria-label", `Show the numbers of ${label}`);
      at(`name-${i}`).value = one.name;
      at(`remove-${i}`).setAttribute("aria-label", `Remove ${label}`);
    }
    at("add").hidden = methods.length === MOST_METHODS;
    at("line").innerHTML = lineOf(method.name, field.dimension);
    const keys = Object.keys(method.settings);
    if (at("own").dataset.of !== method.name) {
      at("own").dataset.of = method.name;
      at("own").setAttribute("aria-label", `Settings of ${METHODS[method.name].label}`);
      at("own-settings").replaceChildren(...keys.map((key) => this.settingControl(key)));
    }
    for (const key of keys) at(`own-${key}`).value = String(method.settings[key]);
    at("own").hidden = keys.length === 0;
    at("usual").disabled = keys.every((key) => method.settings[key] === METHODS[method.name].settings[key]);
  }

  settingControl(key) {
    const { sign, choices, holds, needs } = settingOfMethod(this.method.name, key);
    const control = document.createElement(choices ? "select" : "input");
    if (choices) control.append(...choices.map((choice) => new Option(choice)));
    else Object.assign(control, { type: "number", step: "any" });
    control.id = `own-${key}`;
    control.addEventListener("change", () => {
      const value = choices ? control.value : control.valueAsNumber;
      if (holds(value)) this.setMethod({ settings: { ...this.method.settings, [key]: value } });
      else {
        this.fillControls();
        this.say(`${key} must be ${needs}.`, true);
        return;
      }
      this.say(this.spoken());
    });
    const label = document.createElement("label");
    label.append(`${key} `, Object.assign(document.createElement("i"), { textContent: sign }), " ", control);
    return label;
  }

  // The learning rate of those methods that share one, or the function's first.
  usualRate() {
    return this.state.methods.find(isRated)?.rate ?? this.field.settings[0].rate;
  }

  addMethod() {
    const { methods } = this.state;
    const other = Object.keys(METHODS).find((name) => methods.every((m) => m.name !== name));
    const chosen = methods.length;
    this.set({ methods: [...methods, methodNamed(other, this.usualRate())], chosen }, "end");
    at(`name-${chosen}`).focus();
    this.say(this.spoken());
  }

  removeMethod(i) {
    const methods = this.state.methods.filter((_, j) => j !== i);
    const chosen = clamp(this.state.chosen - Number(i < this.state.chosen), 0, methods.length - 1);
    this.set({ methods, chosen }, "end");
    at("add").focus();
    this.say(this.spoken());
  }

  listenToMethods() {
    for (let i = 0; i < MOST_METHODS; i += 1) {
      at(`chosen-${i}`).addEventListener("change", () => {
        this.set({ chosen: i }, "k");
        this.say(this.spoken());
      });
      at(`name-${i}`).addEventListener("change", () => {
        const made = methodNamed(at(`name-${i}`).value, this.usualRate());
        this.set({ methods: this.state.methods.map((m, j) => (j === i ? made : m)), chosen: i }, "end");
        this.say(this.spoken());
      });
      at(`remove-${i}`).addEventListener("click", () => this.removeMethod(i));
    }
    at("add").addEventListener("click", () => this.addMethod());
    at("usual").addEventListener("click", () => {
      this.setMethod({ settings: { ...METHODS[this.method.name].settings } });
      this.say(this.spoken());
    });
  }

  // Between the slider's place, 0 to 1000, and the rate there are logarithms.
  placeOf(rate) {
    const [low, high] = this.field.rates.map(Math.log);
    return Math.round(clamp((SLIDER * (Math.log(rate) - low)) / (high - low), 0, SLIDER));
  }

  rateAt(place) {
    const [low, high] = this.field.rates.map(Math.log);
    return threeDigits(Math.exp(low + ((high - low) * place) / SLIDER));
  }

  // Which rates settle at the minimum below the start: creeping, overshooting, not at all.
  fillGauge() {
    const { minimum, field } = this;
    const { name, rate: chosen } = this.method;
    // The bound is the plain gradient's.
    if (name !== "gradient") return;
    const [low, high] = field.rates.map(Math.log);
    const share = (rate) => clamp((Math.log(rate) - low) / (high - low), 0, 1);
    const gauge = at("gauge");
    gauge.dataset.known = String(Boolean(minimum?.bound));
    if (!minimum?.bound) {
      at("bound").textContent = minimum === null
        ? "none: no minimum lies downhill from this start in the window"
        : minimum.curve.length
          ? "none for all: the minima downhill are a whole curve"
          : "none: the minimum downhill is no bottom of a parabola";
      at("regime").textContent = "";
      return;
    }
    const { bound, exact, point } = minimum;
    gauge.style.setProperty("--half", String(share(bound / 2)));
    gauge.style.setProperty("--bound", String(share(bound)));
    const form = exact ? `= ${exact}` : `≈ ${brief(bound)}`;
    const named = field.dimension === 1 ? "2/f ″(x*)" : "2/λmax";
    at("bound").textContent = `${named} ${form} at ${pointText(field, point)}`;
    at("regime").textContent =
      chosen < bound / 2
        ? "Near the minimum, this α comes in from one side."
        : chosen < bound
          ? "Near the minimum, this α overshoots, yet settles."
          : "Near the minimum, this α leads away.";
    gauge.dataset.regime =
      chosen < bound / 2 ? "creeps" : chosen < bound ? "overshoots" : "leaves";
  }

  listen() {
    for (const radio of document.querySelectorAll('input[name="function"]')) {
      radio.addEventListener("change", () => {
        const field = this.fields.find(({ name }) => name === radio.value);
        this.set({ ...settingOf(field, field.settings[0]), k: 0 }, "run");
      });
    }
    const startFrom = () => {
      const start = [at("start-x"), at("start-y")].slice(0, this.field.dimension);
      this.set({ start: start.map((input) => input.valueAsNumber) }, "run");
    };
    at("start-x").addEventListener("change", startFrom);
    at("start-y").addEventListener("change", startFrom);
    at("rate").addEventListener("input", () => {
      this.setMethod({ rate: this.rateAt(at("rate").valueAsNumber) });
    });
    at("rate-number").addEventListener("change", () => {
      const rate = at("rate-number").valueAsNumber;
      if (rate > 0 && Number.isFinite(rate)) this.setMethod({ rate });
      else this.fillControls();
    });
    at("steps").addEventListener("input", () => {
      this.set({ steps: at("steps").valueAsNumber }, "end");
    });
    at("steps-number").addEventListener("change", () => {
      const steps = at("steps-number").valueAsNumber;
      if (Number.isInteger(steps)) this.set({ steps: clamp(steps, 0, MOST_STEPS) }, "end");
      else this.fillControls();
    });
    for (const slider of [at("rate"), at("steps")]) {
      slider.addEventListener("change", () => this.say(this.spoken()));
    }
    at("stop").addEventListener("change", () => {
      this.set({ tolerance: at("stop").checked ? this.field.tolerance : null }, "end");
      this.say(this.spoken());
    });
    this.listenToMethods();
    at("k").addEventListener("input", () => this.goTo(at("k").valueAsNumber));
    at("first").addEventListener("click", () => this.goTo(0));
    at("back").addEventListener("click", () => this.goTo(this.state.k - 1));
    at("forward").addEventListener("click", () => this.goTo(this.state.k + 1));
    at("play").addEventListener("click", () => this.toggle());
    at("copy").addEventListener("click", () => this.copyLink());
    document.addEventListener("keydown", (event) => this.onKey(event));
    addEventListener("hashchange", () => this.open());
    isDark.addEventListener("change", () => this.dress());
    this.plane.model.on_event("tap", ({ x, y }) => this.onTap(x, y));
    for (const plot of [this.plane, this.course]) {
      for (const side of ["inner_width", "inner_height"]) {
        plot.model.properties[side].change.connect(() => this.onResize());
      }
    }
  }

  dress() {
    for (const plot of this.plots) plot.dress(theme());
    if (this.walks.length) this.draw();
  }

  onTap(x, y) {
    const { field, plane } = this;
    // Rounded to what a pixel can tell, so that links and labels stay short.
    const digits = plane.scale().map((s) => clamp(Math.ceil(Math.log10(s)), 0, 15));
    const start = [x, y].slice(0, field.dimension).map((c, i) => Number(c.toFixed(digits[i])) + 0);
    this.set({ start }, "run");
  }

  onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { target } = event;
    if (target instanceof HTMLInputElement && target.type !== "checkbox") return;
    if (target instanceof HTMLSelectElement) return;
    const { k } = this.state;
    const moves = {
      ArrowLeft: () => this.goTo(k - 1),
      ArrowRight: () => this.goTo(k + 1),
      Home: () => this.goTo(0),
      End: () => this.goTo(this.last),
      " ": [document.body, at("surface")].includes(target) || at("plane").contains(target) ? () => this.toggle() : null,
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  onResize() {
    if (!this.walks.length || this.resizing) return;
    this.resizing = true;
    requestAnimationFrame(() => {
      this.resizing = false;
      this.fitPlane();
      this.fitFormula();
      this.draw();
    });
  }

  // A map has one scale along both axes, or its lines of height would not cross ∇f squarely.
  fitPlane() {
    if (this.field.dimension !== 2) return;
    const { inner_width: width, inner_height: height } = this.plane.model;
    const [[left, right], [bottom, top]] = this.field.window;
    const wide = width && height ? width / height : 1;
    const unit = Math.max((right - left) / wide, top - bottom);
    const [x, y] = [(left + right) / 2, (bottom + top) / 2];
    const [dx, dy] = [(unit * wide) / 2, unit / 2];
    this.plane.window([x - dx, x + dx], [y - dy, y + dy]);
  }

  // A formula too long for its line is scrolled, by keys too.
  fitFormula() {
    const { scrollWidth, clientWidth } = at("formula");
    if (scrollWidth > clientWidth) at("formula").tabIndex = 0;
    else at("formula").removeAttribute("tabindex");
  }

  // --- links ---------------------------------------------------------------------------------

  link() {
    return `${location.href.split("#")[0]}${tellState(this.state)}`;
  }

  keepLink() {
    if (this.host) {
      this.host.keep(tellState(this.state));
      return;
    }
    try {
      history.replaceState(null, "", tellState(this.state));
    } catch {
      // Some browsers allow no more than so many a minute; the button still copies the link.
    }
  }

  async copyLink() {
    this.keepLink();
    const link = this.link();
    try {
      await navigator.clipboard.writeText(link);
      this.say("The link is copied.");
      at("copied").textContent = "copied";
    } catch {
      at("link").hidden = false;
      at("link").value = link;
      at("link").select();
      at("copied").textContent = document.execCommand("copy") ? "copied" : "copy it from here";
    }
    setTimeout(() => {
      at("copied").textContent = "";
    }, 3000);
  }

  // What the address asks for, or the first setting of the first function.
  open() {
    const asked = readState(this.host?.link ?? location.hash, this.fields);
    if (asked) this.set(asked, "k");
    else this.set(firstState(this.fields[0]), "run");
    if (asked) this.say(this.spoken());
  }
}

// A walk that someone else took, with what is told of it instead of a verdict, or beside it. If it
// is the own one, it ends as that does, and not later.
const recorded = (field, { points, told, note }, own) => {
  const taken = told ? points : points.slice(0, own.points.length);
  return {
    verdict: told ? "TOLD" : own.verdict,
    ending: own.ending,
    told,
    note,
    points: taken,
    values: taken.map((point) => valueAt(field, point)),
    gradients: taken.map((point) => gradientAt(field, point)),
    stoppedAt: taken.length - 1,
  };
};

const shownText = (value) => {
  const { relation, text } = shown(value);
  return `${relation} ${text}`;
};

const pointText = (field, point) => {
  const numbers = point.map(brief);
  return field.dimension === 1 ? `x = ${numbers[0]}` : `(${numbers.join(", ")})`;
};

// A count of steps to two digits, as an estimate is to be told.
const aboutText = (count) => (count < 1e5 ? String(Number(count.toPrecision(2))) : brief(count));

const boundText = (bound) => {
  if (Number.isNaN(bound)) return "= no value";
  return bound === Infinity ? "= ∞" : `≈ ${brief(bound)}`;
};

// Bokeh's canvas takes the focus by itself; the page's own frame around it has it already.
const leaveOutOfTabs = (element) => {
  element.removeAttribute("tabindex");
  for (const child of (element.shadowRoot ?? element).children) leaveOutOfTabs(child);
};

const embed = async (item) => {
  const views = await Bokeh.embed.embed_item(item, item.target_id);
  const [{ el, model }] = [...views.roots];
  leaveOutOfTabs(el);
  return model;
};

// Bokeh measures its canvases when the window's size changes. A cell that a notebook does not show
// has none then, and would stay without: it is not measured again when it is back as it was.
const heedOnlyWhatIsShown = (event) => {
  if (at("plane").offsetParent === null) event.stopImmediatePropagation();
};

const begin = async () => {
  visualViewport?.addEventListener("resize", heedOnlyWhatIsShown, { capture: true });
  const fields = FIELDS.map((field) => ({ ...field, dimension: field.variables.length }));
  const [plane, course] = [new Plane(await embed(PLANE)), new Course(await embed(COURSE))];
  const explorer = new Explorer(fields, plane, course, new Surface(at("surface")), window.frameElement?.host ?? null);
  explorer.host?.begin(explorer);
  explorer.open();
  // For tests, and for whoever opens the console.
  explorer.mathematics = { square, power, fateOf, descend, methodNamed, valueAt, gradientAt, hessianAt, contains, stabilityBound, shown };
  window.explorer = explorer;
  document.body.dataset.ready = "true";
};

begin();
