/** Returns the command that runs a finding's script, to be pasted into a shell as it is. */
export function scriptCommand(folder: string, script: string): string {
  const file = folder === '' || folder === '.' ? script : `${folder.replace(/\/+$/, '')}/${script}`;
  return `bash ${/^[\w@%+:,./-]+$/.test(file) && !file.startsWith('-') ? file : `'${file.replaceAll("'", `'\\''`)}'`}`;
}
