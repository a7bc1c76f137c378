// What a link restores: function, start, rate, steps, tolerance and k, each number exactly.

const tellState = (state) => {
  const words = { f: state.name };
  state.start.forEach((c, i) => {
    words["xy"[i]] = String(c);
  });
  words.a = String(state.rate);
  words.n = String(state.steps);
  words.tol = state.tolerance === null ? "none" : String(state.tolerance);
  words.k = String(state.k);
  return `#${new URLSearchParams(words)}`;
};

// The state that a link asks for, or null; what it lacks is as in the function's first setting.
const readState = (hash, fields) => {
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const field = fields.find(({ name }) => name === words.get("f"));
  if (!field) return null;
  const state = firstState(field);
  const start = field.variables.map((_, i) => numberIn(words, "xy"[i]) ?? state.start[i]);
  if (contains(field, start)) state.start = start;
  const rate = numberIn(words, "a");
  if (rate > 0) state.rate = rate;
  const steps = numberIn(words, "n");
  if (Number.isInteger(steps) && steps >= 0 && steps <= MOST_STEPS) state.steps = steps;
  const tolerance = numberIn(words, "tol");
  if (words.get("tol") === "none") state.tolerance = null;
  else if (tolerance > 0) state.tolerance = tolerance;
  const k = numberIn(words, "k");
  state.k = Number.isInteger(k) && k >= 0 ? k : 0;
  return state;
};

const firstState = (field) => ({ ...settingOf(field, field.settings[0]), k: 0 });

const settingOf = (field, { start, rate, steps }) => ({
  name: field.name,
  start: [...start],
  rate,
  steps,
  tolerance: field.tolerance,
});

const numberIn = (words, name) => {
  const text = words.get(name);
  const value = text === null || text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
};
