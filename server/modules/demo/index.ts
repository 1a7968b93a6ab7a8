// The only file of the demonstration that other code imports.
export { DEMO_PEOPLE, DEMO_SIGN_IN } from './people.ts'
export { seedDemo } from './seed-demo.ts'
