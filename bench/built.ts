/** What is measured is what runs in production: a project of its own, on the package as it is built. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const CONFIG = `import { core } from 'turritopsis'
import { createRouter, defineProject } from 'turritopsis/framework'
import { changeNothing } from './workflows.ts'

const routes = createRouter()
routes.post('/admin/nothing', async (c) => c.json(await c.var.run(changeNothing, {})))

export default defineProject({ extends: core(), workflows: new URL('./workflows.ts', import.meta.url), routes: [routes] })
`
/** An empty workflow, that other changes are compared with. */
const WORKFLOWS = `export * from 'turritopsis/workflows'

export async function changeNothing() {
  return {}
}
`

/**
 * Builds the package, and makes a project of the core and an empty workflow, `POST /admin/nothing`.
 *
 * @param home where the project is made.
 * @returns the file of the command, and the folder of the project.
 */
export function builtProject(home: string): { turri: string; cwd: string } {
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  execFileSync('npm', ['run', '--silent', 'prepack'], { cwd: root, stdio: 'inherit' })
  const cwd = resolve(home, 'project')
  rmSync(cwd, { recursive: true, force: true })
  mkdirSync(join(cwd, 'node_modules'), { recursive: true })
  symlinkSync(root, join(cwd, 'node_modules/turritopsis'))
  cpSync(join(root, 'temporal.yaml'), join(cwd, 'temporal.yaml'))
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name: 'measured', private: true, type: 'module' }))
  writeFileSync(join(cwd, 'turri.config.ts'), CONFIG)
  writeFileSync(join(cwd, 'workflows.ts'), WORKFLOWS)
  return { turri: join(root, 'dist/cli/turri.js'), cwd }
}
