import { parseSettings } from '../../../../helpers/settings/settings.ts';
import { SettingsError } from '../../../../helpers/settings/settings-error.ts';

/** Returns the message with which an environment is refused; empty where it is accepted. */
export function complaint(environment: Parameters<typeof parseSettings>[0]): string {
  try {
    parseSettings(environment);
    return '';
  } catch (error) {
    return error instanceof SettingsError ? error.message : `not a SettingsError: ${String(error)}`;
  }
}
