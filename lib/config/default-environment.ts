/** The environment that commands use when none is named. */
export const defaultEnvironment = 'sandbox'
