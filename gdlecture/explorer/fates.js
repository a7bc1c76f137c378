// What became of a walk, in the words of FATES, the table that clips and reports say it by.

const fateOf = ({ verdict, ending: { kind, period, trend }, stoppedAt }) => {
  const { fates, at_once: atOnce, kinds, trends, bounded, cycle } = FATES;
  const { words, sign, tone } = verdict === "CONVERGED" && stoppedAt === 0 ? atOnce : fates[verdict];
  const told = {
    k: stoppedAt,
    kind: kinds[kind ?? ""] ?? "",
    orbit: period === null ? bounded : cycle.replace("{period}", period),
    trend: trends[trend ?? "undecided"],
  };
  return { words: words.replace(/\{(\w+)\}/g, (_, name) => told[name]), sign, tone };
};
