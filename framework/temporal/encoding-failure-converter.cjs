/** Encodes messages and stack traces of failures so that the codec encrypts them. CommonJS, because the SDK `require`s and bundles it. */
const { WellFormedFailureConverter } = require('./failure-converter.cjs')

exports.failureConverter = new WellFormedFailureConverter({ encodeCommonAttributes: true })
