// Numbers as a readout may honestly show them: "=" if nothing was rounded away, else "≈".

const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const typographic = (text) => text.replaceAll("-", "−");
const superscript = (exponent) => [...String(exponent)].map((c) => SUPERSCRIPTS[c]).join("");
const tenTo = (mantissa, exponent) => `${typographic(mantissa)}×10${superscript(exponent)}`;
const powerOfTen = (mantissa, exponent) => tenTo(mantissa, exponent).replace(/^(−?)1×/, "$1");

// Units in the last place that float64 may leave of a short decimal: 1.7999999999999998.
const DUST = 4;

const shown = (value, decimals = 6) => {
  if (Number.isNaN(value)) return { relation: "=", text: "no value" };
  // Beyond float64's largest, 1.797…×10³⁰⁸; not infinite.
  if (value === Infinity) return { relation: ">", text: tenTo("1.7", 308) };
  if (value === -Infinity) return { relation: "<", text: tenTo("-1.7", 308) };
  if (value === 0) return { relation: "=", text: "0" };
  const plain = fixed(value, decimals);
  const size = Math.abs(value);
  const near = Number(plain);
  const isDust = near !== 0 && Math.abs(near - value) < DUST * spacing(size);
  const whole = isDust && digitsOf(near) <= decimals + 1;
  if (whole) return { relation: "=", text: typographic(trimmed(plain)) };
  if (size >= 1e-3 && size < 1e6) return { relation: "≈", text: typographic(plain) };
  const [mantissa, exponent] = value.toExponential(Math.max(decimals - 3, 1)).split("e");
  const relation = Number(`${mantissa}e${exponent}`) === value ? "=" : "≈";
  return { relation, text: tenTo(mantissa, Number(exponent)) };
};

// toFixed, but a tie goes to the even digit.
const fixed = (value, decimals) => {
  const exact = value.toFixed(60);
  const cut = exact.length - 60 + decimals;
  const isTie = Math.abs(value) < 1e15 && /^50*$/.test(exact.slice(cut));
  return isTie && "02468".includes(exact[cut - 1]) ? exact.slice(0, cut) : value.toFixed(decimals);
};

// How many digits the shortest decimal form has, the zeros before its point too.
const digitsOf = (value) => {
  const [mantissa, exponent] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "").length;
  return digits + Math.max(Number(exponent) - (digits - 1), 0);
};

const trimmed = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

// A few digits for a label in the picture.
const brief = (value) => {
  if (!Number.isFinite(value)) return shown(value).text;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) {
    const [mantissa, exponent] = value.toExponential(1).split("e");
    return powerOfTen(trimmed(mantissa), Number(exponent));
  }
  return typographic(String(Number(value.toPrecision(3))));
};
