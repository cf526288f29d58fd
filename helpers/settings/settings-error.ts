import { UserError } from '../text/user-error.ts';

/** A setting is wrong: the message names the variable, its value and the allowed ones. */
export class SettingsError extends UserError {}
