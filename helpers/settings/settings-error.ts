import { UserError } from '../text/user-error.ts';

/** A setting is wrong: names the variable, what was given and what is allowed. */
export class SettingsError extends UserError {}
