// What is chosen of a method, {name, rate, settings}: which numbers may be, its line, its words in
// a link. METHODS, by name, has the labels and defaults of the clips.

const MOST_METHODS = 3;
const USUAL = METHODS.gradient;

const share = { holds: (u) => u >= 0 && u < 1, needs: "at least 0 and below 1" };
const inside = { holds: (u) => u > 0 && u < 1, needs: "between 0 and 1" };
const positive = { holds: (u) => u > 0 && u < Infinity, needs: "above 0" };
const SETTINGS = {
  beta: { sign: "β", ...share },
  beta1: { sign: "β₁", ...share },
  beta2: { sign: "β₂", ...share },
  epsilon: { sign: "ε", ...positive },
  decay: { sign: "ρ", ...share },
  "inverse-decay decay": { sign: "c", ...positive },
  every: { sign: "p", holds: (u) => Number.isInteger(u) && u >= 1, needs: "a whole number, 1 or more" },
  factor: { sign: "c", ...inside },
  least: { sign: "a", holds: (u) => u >= 0 && u < Infinity, needs: "0 or more" },
  shrink: { sign: "c", ...inside },
  decrease: { sign: "d", ...inside },
  length: { sign: "fit", choices: ["long", "short"], holds: (u) => ["long", "short"].includes(u) },
};
const settingOfMethod = (name, key) => SETTINGS[`${name} ${key}`] ?? SETTINGS[key];

// X and x are the points, G the slope, A the learning rate; squares, roots and quotients are of
// each coordinate by itself.
const SCALED = "X = x − A G/(√s′ + ε)";
const LINES = {
  gradient: "X = x − A G",
  momentum: "v′ = β v + G,  X = x − A v′",
  nesterov: "v′ = β v + G,  X = x − A (G + β v′)",
  adagrad: `s′ = s + G²,  ${SCALED}`,
  rmsprop: `s′ = ρ s + (1 − ρ) G²,  ${SCALED}`,
  adam:
    "m′ = β₁ m + (1 − β₁) G,  s′ = β₂ s + (1 − β₂) G²,  X = x − A m̂/(√ŝ + ε),  m̂ = m′/(1 − β₁^k+1), ŝ likewise",
  "step-decay": "X = x − A c^⌊k/p⌋ G",
  "exponential-decay": "X = x − A c^k G",
  "cosine-decay": "X = x − (a + (A − a) (1 + cos(πk/n))/2) G",
  "inverse-decay": "X = x − A/(1 + c k) G",
  backtracking: "X = x − t G,  t = A, A c, A c^2, … until f falls by d t |G|²",
  "barzilai-borwein": "X = x − t G,  t = s·s/s·y or, short, s·y/y·y: gains of point and slope; at first A",
  newton: "X = x − Q",
  "damped-newton": "X = x − t Q,  t = 1, c, c^2, … until f falls enough",
};
const PARTS = {
  1: {
    X: '<i class="now">x</i><sub>k+1</sub>',
    x: '<i class="now">x</i><sub>k</sub>',
    G: '<span class="slope"><i>f</i>&#8202;′(<i>x</i><sub>k</sub>)</span>',
    Q: '<span class="slope"><i>f</i>&#8202;′(<i>x</i><sub>k</sub>)</span>/<i>f</i>&#8202;″(<i>x</i><sub>k</sub>)',
  },
  2: {
    X: '(<i class="now">x</i>, <i class="now">y</i>)<sub>k+1</sub>',
    x: '(<i class="now">x</i>, <i class="now">y</i>)<sub>k</sub>',
    G: '<span class="slope">∇<i>f</i></span>',
    Q: 'H<sup>−1</sup><span class="slope">∇<i>f</i></span>',
  },
};

const lineOf = (name, dimension) => {
  const parts = { ...PARTS[dimension], A: '<i class="rate">α</i>' };
  const written = (found, power) => (power ? `<sup>${power}</sup>` : parts[found]);
  return LINES[name]
    .split(",  ")
    .map((line) => `<span>${line.replace(/\^([^ )]+)|[XxGAQ](?![a-z])/g, written)}</span>`)
    .join(" ");
};

// Those whose usual rate is the gradient's take one rate; backtracking begins with one of its own.
const isRated = ({ name }) => METHODS[name].rate === USUAL.rate;
const ratedAnew = (methods, rate) => methods.map((m) => (isRated(m) ? { ...m, rate } : m));
const methodNamed = (name, rate) => {
  const usual = METHODS[name];
  return { name, rate: isRated({ name }) ? rate : usual.rate, settings: { ...usual.settings } };
};

// Name, rate if it has one, settings in their order: "adam_0.1_0.9_0.999_1e-8".
const tellMethod = ({ name, rate, settings }) =>
  [name, ...(rate === null ? [] : [rate]), ...Object.values(settings)].join("_");

// What is lacking or cannot be is as usual; null if there is no such method.
const readMethod = (text, rate) => {
  const [name, ...told] = text.split("_");
  if (!Object.hasOwn(METHODS, name)) return null;
  const method = methodNamed(name, rate);
  if (method.rate !== null && positive.holds(Number(told[0]))) method.rate = Number(told[0]);
  if (method.rate !== null) told.shift();
  Object.keys(method.settings).forEach((key, i) => {
    const { choices, holds } = settingOfMethod(name, key);
    const value = choices ? told[i] : told[i]?.trim() ? Number(told[i]) : NaN;
    if (holds(value)) method.settings[key] = value;
  });
  return method;
};
