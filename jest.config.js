/**
 * Real Postgres, real Temporal: both are brought up once, and every test file has a database and a task queue of its own.
 *
 * `fast` is what a developer runs all day; `slow` has the tests that start, and kill, processes.
 */
const SLOW = '<rootDir>/test/(chaos|cli)/'

const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  testEnvironmentOptions: { customExportConditions: ['turri-source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: ['<rootDir>/.turri', '<rootDir>/dist'],
}

export default {
  projects: [
    {
      ...shared,
      displayName: 'fast',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [SLOW],
    },
    {
      ...shared,
      displayName: 'slow',
      testMatch: ['<rootDir>/test/{chaos,cli}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/built.ts',
    },
  ],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 180_000, // what hangs: nothing takes so long, however busy the machine
  maxWorkers: 3, // one more than two cores: some tests wait for time limits of the framework
  forceExit: true, // the SDK's runtime keeps threads of its own
}
