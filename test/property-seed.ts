import fc from "fast-check";

/**
 * The same random cases on every run, so that a commit has one verdict. `SEGBOOK_SEED=random npm test` looks for new
 * counterexamples, and `SEGBOOK_SEED=N` repeats a run.
 */
const asked = process.env.SEGBOOK_SEED ?? "1";
if (asked !== "random") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
