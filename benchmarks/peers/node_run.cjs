// Run json-rules-engine: node node_run.cjs RULES SITUATIONS; prints answers and times.

const fs = require("fs");
const { createRequire } = require("module");
const { Engine } = createRequire(process.cwd() + "/")("json-rules-engine");

const RANKED = ["done", "avoid", "defer", "recommend", "consider"];
const [rulesFile, situationsFile] = process.argv.slice(2);
const { rules, start, options } = JSON.parse(fs.readFileSync(rulesFile));
const cases = JSON.parse(fs.readFileSync(situationsFile));

const engine = new Engine();
let fired, drawn;
for (const rule of rules) {
  const { fired: number, add, drawn: draws } = rule.event.params;
  engine.addRule({
    ...rule,
    onSuccess: (_, almanac) => {
      if (number !== undefined) fired.push(number);
      drawn.push(...draws);
      for (const name of add) almanac.addRuntimeFact(name, true);
    },
  });
}

async function answer(facts) {
  fired = [];
  drawn = [];
  await engine.run({ ...start, ...facts });
  const verdicts = new Array(options).fill("silent");
  drawn.sort((one, other) => RANKED.indexOf(other[1]) - RANKED.indexOf(one[1]));
  for (const [option, verdict] of drawn) verdicts[option] = verdict;
  return [fired.sort((one, other) => one - other), verdicts];
}

(async () => {
  await answer(cases[0]);
  const begin = process.hrtime.bigint();
  const answers = [];
  for (const facts of cases) answers.push(await answer(facts));
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  process.stdout.write(JSON.stringify({ answers, seconds: { rules: seconds }, same: true }));
})();
