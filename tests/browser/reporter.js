// A line per test, what failed in full, and a closing line that `cargo xtask test` counts.
export default class Reporter {
  counts = { passed: 0, failed: 0, skipped: 0 };

  onTestEnd(test, result) {
    const outcome = result.status === "passed" || result.status === "skipped" ? result.status : "failed";
    this.counts[outcome] += 1;
    const [, project, file, ...titles] = test.titlePath();
    console.log(`${outcome.padEnd(7)} ${project}  ${file}  ${titles.join(" › ")}  ${result.duration} ms`);
    for (const error of result.errors) console.log(error.stack ?? error.message);
  }

  // What belongs to no test: a file that cannot be read, a browser that does not start.
  onError(error) {
    this.counts.failed += 1;
    console.log(error.stack ?? error.message);
  }

  onEnd() {
    const { passed, failed, skipped } = this.counts;
    console.log(`browser: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  }

  printsToStdio() {
    return true;
  }
}
