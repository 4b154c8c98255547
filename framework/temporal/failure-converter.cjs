/**
 * Replaces lone surrogates in failures: Temporal cannot store them, and they would crash every worker that gets the change. CommonJS,
 * because the SDK `require`s and bundles it.
 */
const { DefaultFailureConverter } = require('@temporalio/common')

class WellFormedFailureConverter extends DefaultFailureConverter {
  /** @param {Parameters<DefaultFailureConverter['errorToFailure']>} args */
  errorToFailure(...args) {
    const failure = super.errorToFailure(...args)
    failure.message = failure.message?.toWellFormed()
    failure.stackTrace = failure.stackTrace?.toWellFormed()
    return failure
  }
}

exports.WellFormedFailureConverter = WellFormedFailureConverter
exports.failureConverter = new WellFormedFailureConverter()
