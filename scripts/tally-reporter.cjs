// SPDX-License-Identifier: MIT
// Mocha's spec reporter, with one more line at the very end that every lane of the tests ends with.

const { Runner, reporters } = require('mocha')

module.exports = class TallyReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options)
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats
      // A test that was skipped was not run: that is told as a failure of the lane.
      console.log(`${passes} passed, ${failures + pending} failed`)
    })
  }
}
