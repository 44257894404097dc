// A line per test; what failed in full, when it fails and once more at the end, where a log that is cut still has it;
// and a closing line that `cargo xtask test` counts.
export default class Reporter {
  counts = { passed: 0, failed: 0, skipped: 0 };
  failures = [];

  onTestEnd(test, result) {
    const outcome = result.status === "passed" || result.status === "skipped" ? result.status : "failed";
    this.counts[outcome] += 1;
    const [, project, file, ...titles] = test.titlePath();
    const line = `${outcome.padEnd(7)} ${project}  ${file}  ${titles.join(" › ")}  ${result.duration} ms`;
    if (outcome === "failed") this.tell([line, ...result.errors.map(inFull)].join("\n"));
    else console.log(line);
  }

  // What belongs to no test: a file that cannot be read, a browser that does not start.
  onError(error) {
    this.counts.failed += 1;
    this.tell(inFull(error));
  }

  tell(failure) {
    console.log(failure);
    this.failures.push(failure);
  }

  onEnd() {
    const { passed, failed, skipped } = this.counts;
    for (const failure of this.failures) console.log(failure);
    console.log(`browser: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  }

  printsToStdio() {
    return true;
  }
}

function inFull(error) {
  return error.stack ?? error.message ?? error.value;
}
