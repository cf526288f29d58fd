const unknownAuthority = /self[- ]signed|unable to (?:get (?:local )?issuer|verify the first) ?certificate/i;
const otherHost = /altnames|does not match certificate/i;
const expired = /certificate (?:has expired|is not yet valid)/i;
const notTls = /wrong version number|packet length too long|EPROTO/i;

/** Returns what to look at where no answer came, as sentences. @param failure what the client says of it. */
export function adviceOnSilence(failure: string): string {
  if (unknownAuthority.test(failure)) {
    return (
      'No usual authority vouches for its certificate: set API_CA_FILE to the file (PEM) of the authority that signed ' +
      'it, or of the certificate itself where it is self-signed; NODE_EXTRA_CA_CERTS works too.'
    );
  }
  if (otherHost.test(failure)) return 'Its certificate is for another host: is the host of BASE_URL one that it names?';
  if (expired.test(failure)) return 'Its certificate is to be renewed.';
  if (notTls.test(failure)) return 'It does not seem to speak TLS there: is BASE_URL http:// rather than https://?';
  return 'Is it started, and is BASE_URL right?';
}
