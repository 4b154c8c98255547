import { instantOf } from '../../framework/instant.ts'

test.each([
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01T10:00', '2026-03-01T10:00:00.000Z'], // no zone: UTC, wherever the machine is
  ['2026-03-01T10:00:30.5', '2026-03-01T10:00:30.500Z'],
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T10:00:00+02:00', '2026-03-01T08:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
])('%s is %s', (said, is) => expect(instantOf(said)).toBe(is))

test.each([
  '',
  '1',
  'soon 1',
  '2026-02-30',
  '2026-13-01',
  '12/13/14',
  'March 7 2026',
  '2026-03-01 (about)',
  '0000-01-01',
  7,
  null,
])('%p is none', (said) => expect(instantOf(said)).toBeUndefined())
