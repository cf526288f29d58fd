/**
 * Gives a session the mode that statements of the client are written for, and UTC, whatever the server is set to: in
 * another mode quotes and backslashes mean something else.
 */
export const setSessionMode =
  "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'";
