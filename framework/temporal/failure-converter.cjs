/**
 * Failures whose texts Temporal can store: half a pair of UTF-16, which a request may bring, is none, and would end the worker, and
 * whichever meets that change next. CommonJS: the SDK `require`s it, and bundles it.
 */
const { DefaultFailureConverter } = require('@temporalio/common')

class WellFormedFailureConverter extends DefaultFailureConverter {
  /** @param {Parameters<DefaultFailureConverter['errorToFailure']>} given */
  errorToFailure(...given) {
    const failure = super.errorToFailure(...given)
    failure.message = failure.message?.toWellFormed()
    failure.stackTrace = failure.stackTrace?.toWellFormed()
    return failure
  }
}

exports.WellFormedFailureConverter = WellFormedFailureConverter
exports.failureConverter = new WellFormedFailureConverter()
