// What a link restores: function, start, steps, tolerance, k and the methods with their rates and
// settings, each number exactly. Of gradient descent alone it has the rate only.

const tellState = (state) => {
  const words = { f: state.name };
  state.start.forEach((c, i) => {
    words["xy"[i]] = String(c);
  });
  const [first] = state.methods;
  const isPlain = state.methods.length === 1 && first.name === "gradient";
  if (isPlain) words.a = String(first.rate);
  words.n = String(state.steps);
  words.tol = state.tolerance === null ? "none" : String(state.tolerance);
  words.k = String(state.k);
  const link = new URLSearchParams(words);
  if (!isPlain) state.methods.forEach((method) => link.append("m", tellMethod(method)));
  if (state.chosen > 0) link.append("c", String(state.chosen + 1));
  return `#${link}`;
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
  if (rate > 0) state.methods = ratedAnew(state.methods, rate);
  const told = words.getAll("m").map((text) => readMethod(text, state.methods[0].rate)).filter(Boolean);
  if (told.length) state.methods = told.slice(0, MOST_METHODS);
  const chosen = numberIn(words, "c") - 1;
  if (chosen in state.methods) state.chosen = chosen;
  const steps = numberIn(words, "n");
  if (Number.isInteger(steps) && steps >= 0 && steps <= MOST_STEPS) state.steps = steps;
  const tolerance = numberIn(words, "tol");
  if (words.get("tol") === "none") state.tolerance = null;
  else if (tolerance > 0) state.tolerance = tolerance;
  const k = numberIn(words, "k");
  state.k = Number.isInteger(k) && k >= 0 ? k : 0;
  return state;
};

const firstState = (field) => {
  const { rate, ...setting } = settingOf(field, field.settings[0]);
  return { ...setting, methods: [methodNamed("gradient", rate)], chosen: 0, k: 0 };
};

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
