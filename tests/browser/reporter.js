// A line per test; what failed in full, when it fails and once more at the end, where a log that is cut still has it;
// and a closing line that `cargo xtask test` counts. A test that passes in its second try passed, and is named flaky.
export default class Reporter {
  tests = new Set();
  errors = 0;
  failures = [];

  onTestEnd(test, result) {
    this.tests.add(test);
    const isWell = result.status === "passed" || result.status === "skipped";
    const outcome = isWell ? result.status : result.retry < test.retries ? "flaky" : "failed";
    const [, project, file, ...titles] = test.titlePath();
    const line = `${outcome.padEnd(7)} ${project}  ${file}  ${titles.join(" › ")}  ${result.duration} ms`;
    if (isWell) console.log(line);
    else this.tell([line, ...result.errors.map(inFull)].join("\n"));
  }

  // What belongs to no test: a file that cannot be read, a browser that does not start.
  onError(error) {
    this.errors += 1;
    this.tell(inFull(error));
  }

  tell(failure) {
    console.log(failure);
    this.failures.push(failure);
  }

  onEnd() {
    for (const failure of this.failures) console.log(failure);
    const counted = { expected: 0, unexpected: this.errors, flaky: 0, skipped: 0 };
    for (const test of this.tests) counted[test.outcome()] += 1;
    const { expected, unexpected, flaky, skipped } = counted;
    console.log(`browser: ${expected + flaky} passed, ${unexpected} failed, ${skipped} skipped, ${flaky} flaky`);
  }

  printsToStdio() {
    return true;
  }
}

function inFull(error) {
  return error.stack ?? error.message ?? error.value;
}
