/** Services in parts. */
import { id, model, text } from '../../framework/model/model.ts'
import { defineModule } from '../../framework/model/module.ts'
import { combineServices, Service, type ServiceContext } from '../../framework/model/service.ts'
import { createSecrets } from '../../framework/secrets.ts'

const Thing = model('thing', { id: id('thing'), name: text() })
type Models = { thing: typeof Thing }

class NamingService extends Service<Models> {
  nameThings = async (names: string[]) => names.map((name) => `${name} of ${this.options}`)
}
class CountingService extends Service<Models> {
  countThings = async (names: string[]) => [names.length]
}
class ThingService extends combineServices(NamingService, CountingService) {
  nameAndCountThings = async (names: string[]) => [await this.nameThings(names), await this.countThings(names)]
}

const contextOf = (service: new (context: ServiceContext<never>) => Service<Models>): ServiceContext => ({
  module: defineModule({ name: 'things', models: { Thing }, service }),
  options: 'mine',
  signal: new AbortController().signal,
  idempotencyKey: 'key',
  changeId: 'change',
  linkColumnsOf: () => [],
  secrets: createSecrets('a secret of a test'),
  progress: () => {},
})

test('a service can do what its parts can, each with the context of the step', async () => {
  const service = new ThingService(contextOf(ThingService))
  expect(await service.nameAndCountThings(['a', 'b'])).toEqual([['a of mine', 'b of mine'], [2]])
})

test('two parts with a method of the same name are an error', () => {
  class AgainService extends Service<Models> {
    countThings = async () => []
  }
  class TwiceService extends combineServices(CountingService, AgainService) {}
  expect(() => new TwiceService(contextOf(TwiceService))).toThrow(
    'Two parts of the module things have a method countThings',
  )
})
