/** Puts messages and stack traces of failures where the codec encrypts them. CommonJS: the SDK `require`s it, and bundles it. */
const { DefaultFailureConverter } = require('@temporalio/common')

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
