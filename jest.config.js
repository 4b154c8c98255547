/** Real Postgres, real Temporal: both are brought up once, and every test file has a database and a task queue of its own. */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  testEnvironmentOptions: { customExportConditions: ['turri-source', 'node', 'node-addons'] },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  modulePathIgnorePatterns: ['<rootDir>/.turri', '<rootDir>/dist'],
  testTimeout: 180_000, // what hangs: nothing takes so long, however busy the machine
  maxWorkers: 2,
  forceExit: true, // the SDK's runtime keeps threads of its own
}
