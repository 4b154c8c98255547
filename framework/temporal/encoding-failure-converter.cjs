/** Puts messages and stack traces of failures where the codec encrypts them. CommonJS: the SDK `require`s it, and bundles it. */
const { WellFormedFailureConverter } = require('./failure-converter.cjs')

exports.failureConverter = new WellFormedFailureConverter({ encodeCommonAttributes: true })
