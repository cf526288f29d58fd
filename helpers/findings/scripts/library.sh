# Returns codes: 1 the defect shows, 0 it does not, 2 it could not be tried.
set -u
export LC_ALL=C

cannot() {
  echo "Could not be tried: $1" >&2
  exit 2
}

case ${1-} in
  '') ;;
  --help | -h)
    usage
    exit 0
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac

command -v curl > /dev/null || cannot 'curl is not installed'
client=$(command -v mysql || command -v mariadb) || cannot 'neither mysql nor mariadb, the client of the database, is installed'
[ -n "${BASE_URL-}" ] || cannot 'BASE_URL is not set'
[ -n "${DB_HOST-}" ] || cannot 'DB_HOST is not set'
BASE_URL=${BASE_URL%/}
DB_NAME=${DB_NAME:-ecommerce}
case $DB_HOST in
  localhost | 127.* | ::1) ;;
  *)
    [ "${ALLOW_WRITES_TO-}" = "$DB_HOST/$DB_NAME" ] ||
      cannot "the database is not on this machine, and this script writes to it; if that is intended, set ALLOW_WRITES_TO=$DB_HOST/$DB_NAME"
    ;;
esac
case "-$DB_HOST-$DB_NAME-" in
  *[-_.]prod[-_.]* | *[-_.]prd[-_.]* | *[-_.]production[-_.]* | *[-_.]live[-_.]*)
    [ "${ALLOW_PRODUCTION-}" = "$DB_HOST/$DB_NAME" ] ||
      cannot "the database looks like production, and this script writes to it; if it is a test system, set ALLOW_PRODUCTION=$DB_HOST/$DB_NAME"
    ;;
esac
export MYSQL_PWD=${DB_PASSWORD-}

# How the client connects: over TLS where that is wanted, with a mode and a time zone of its own.
connection=(--protocol=TCP --host="$DB_HOST" --port="${DB_PORT:-3306}" --user="${DB_USER:-root}"
  --default-character-set=utf8mb4 --batch --skip-column-names
  "--init-command=SET SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'")
case ${DB_SSL-}${DB_SSL_CA-} in
  '' | false) ;;
  *)
    case $("$client" --version) in
      *MariaDB*) connection+=(--ssl --disable-ssl-verify-server-cert) ;;
      *) if [ -n "${DB_SSL_CA-}" ]; then connection+=(--ssl-mode=VERIFY_CA); else connection+=(--ssl-mode=REQUIRED); fi ;;
    esac
    [ -z "${DB_SSL_CA-}" ] || connection+=(--ssl-ca="$DB_SSL_CA")
    ;;
esac

# One statement or several; prints the rows, tabs between the columns.
sql() {
  "$client" "${connection[@]}" "$DB_NAME" --execute="$1" 9>&-
}

# The same, again where another transaction stood in its way.
sql_again() {
  local try
  for try in 1 2 3 4; do
    sql "$1" 2> "$work/sql.error" && return 0
    sleep 0.3
  done
  sql "$1"
}

work=$(mktemp -d) || cannot 'there is no place for temporary files'
gate=
# Not to be mistaken for the rows of a run of the whole suite.
mark="script-$(date +%s)-$$-$RANDOM"
shown=0

end() {
  local code=$?
  trap - EXIT INT TERM
  rm -f "$work/watching"
  [ -z "$gate" ] || release
  wait
  [ -z "$columns" ] || clean_up > /dev/null 2> "$work/clean-up.error" || {
    echo "Rows of this script are left, marked $mark:" >&2
    cat "$work/clean-up.error" >&2
  }
  rm -rf "$work"
  exit "$code"
}
trap end EXIT
trap 'exit 130' INT TERM

sql 'SELECT 1' > /dev/null 2> "$work/sql.error" || cannot "the database does not answer: $(head -1 "$work/sql.error")"

# --- Rows ---

new_digits() {
  local digits=$((RANDOM % 9 + 1))
  while [ ${#digits} -lt "$1" ]; do digits=$digits$((RANDOM % 10)); done
  printf '%s' "$digits"
}

new_key() {
  printf '%s-%s-4%s-a%s-%s' "$(new_digits 8)" "$(new_digits 4)" "$(new_digits 3)" "$(new_digits 3)" "$(new_digits 12)"
}

# What a new row of a table needs beyond the given columns ('a','b'), tabs between: an id, where the database makes
# none; the names of columns that must be filled; and what fills them, the most common value of a thousand rows, or
# whatever is valid.
further() { # TABLE ID GIVEN
  sql "SET SESSION group_concat_max_len = 100000;
    SELECT (SELECT CASE WHEN EXTRA LIKE '%auto_increment%' OR $2 IN ($3) THEN '-'
                        WHEN DATA_TYPE REGEXP 'int|decimal' THEN CAST(1073741824 + FLOOR(RAND() * 1073741823) AS CHAR)
                        ELSE LEFT(UUID(), COALESCE(CHARACTER_MAXIMUM_LENGTH, 36)) END
              FROM information_schema.COLUMNS
             WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = $1 AND COLUMN_NAME = $2),
      COALESCE(GROUP_CONCAT(CONCAT(', \`', c.COLUMN_NAME, '\`') ORDER BY c.ORDINAL_POSITION SEPARATOR ''), '-'),
      COALESCE(GROUP_CONCAT(CONCAT(', ', CASE
        WHEN k.REFERENCED_TABLE_NAME IS NOT NULL
          THEN CONCAT('(SELECT MIN(\`', k.REFERENCED_COLUMN_NAME, '\`) FROM \`', k.REFERENCED_TABLE_NAME, '\`)')
        WHEN c.DATA_TYPE IN ('datetime', 'timestamp') THEN 'UTC_TIMESTAMP()'
        WHEN c.DATA_TYPE = 'date' THEN 'UTC_DATE()'
        WHEN c.DATA_TYPE = 'time' THEN '\'00:00:00\''
        WHEN c.DATA_TYPE = 'year' THEN '2000'
        WHEN c.DATA_TYPE = 'uuid' THEN 'UUID()'
        WHEN s.isUnique AND c.DATA_TYPE REGEXP 'int|decimal|float|double' THEN 'UUID_SHORT() & 0x7fffffff'
        WHEN s.isUnique AND c.CHARACTER_MAXIMUM_LENGTH IS NOT NULL
          THEN CONCAT('LEFT(UUID(), ', LEAST(c.CHARACTER_MAXIMUM_LENGTH, 36), ')')
        ELSE CONCAT('COALESCE((SELECT v FROM (SELECT v FROM (SELECT \`', c.COLUMN_NAME, '\` AS v FROM \`', c.TABLE_NAME,
          '\` LIMIT 1000) AS few GROUP BY v ORDER BY COUNT(*) DESC LIMIT 1) AS common), ', CASE
            WHEN c.DATA_TYPE = 'enum' THEN '1'
            WHEN c.DATA_TYPE IN ('json', 'longtext') THEN '\'{}\''
            WHEN c.DATA_TYPE REGEXP 'int|decimal|float|double|bit|bool' THEN '0'
            ELSE '\'\'' END, ')')
        END) ORDER BY c.ORDINAL_POSITION SEPARATOR ''), '-')
    FROM information_schema.COLUMNS c
    LEFT JOIN (SELECT TABLE_NAME, COLUMN_NAME, MIN(REFERENCED_TABLE_NAME) AS REFERENCED_TABLE_NAME,
                      MIN(REFERENCED_COLUMN_NAME) AS REFERENCED_COLUMN_NAME
                 FROM information_schema.KEY_COLUMN_USAGE
                WHERE TABLE_SCHEMA = DATABASE() AND REFERENCED_TABLE_NAME IS NOT NULL
                GROUP BY TABLE_NAME, COLUMN_NAME) k
      ON k.TABLE_NAME = c.TABLE_NAME AND k.COLUMN_NAME = c.COLUMN_NAME
    LEFT JOIN (SELECT TABLE_NAME, COLUMN_NAME, 1 AS isUnique FROM information_schema.STATISTICS
                WHERE TABLE_SCHEMA = DATABASE() AND NON_UNIQUE = 0 GROUP BY TABLE_NAME, COLUMN_NAME) s
      ON s.TABLE_NAME = c.TABLE_NAME AND s.COLUMN_NAME = c.COLUMN_NAME
    WHERE c.TABLE_SCHEMA = DATABASE() AND c.TABLE_NAME = $1 AND c.COLUMN_NAME NOT IN ($3, $2)
      AND c.IS_NULLABLE = 'NO' AND c.COLUMN_DEFAULT IS NULL
      AND c.EXTRA NOT LIKE '%auto_increment%' AND c.EXTRA NOT LIKE '%GENERATED%'"
}

# Inserts a row and prints its id: TABLE and ID as names and as texts, the given columns as texts, names and values,
# and what to change where the row is there already.
insert() { # TABLE 'TABLE' ID 'ID' 'GIVEN' NAMES VALUES [UPDATE]
  local needs own more fillers names=$6 values=$7
  needs=$(further "$2" "$4" "$5") || return 1
  IFS=$'\t' read -r own more fillers <<< "$needs"
  if [ "$own" = - ]; then own=; else names="$3, $names" values="'$own', $values"; fi
  [ "$more" = - ] || names=$names$more values=$values$fillers
  sql "INSERT INTO $1 ($names) VALUES ($values)${8:+ ON DUPLICATE KEY UPDATE $8}; SELECT COALESCE(NULLIF('$own', ''), LAST_INSERT_ID())"
}

# All references between tables, and all columns.
references=
columns=
read_structure() {
  references=$(sql "SELECT k.REFERENCED_TABLE_NAME, k.TABLE_NAME, k.COLUMN_NAME, c.IS_NULLABLE, k.REFERENCED_COLUMN_NAME
    FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.COLUMNS c
      ON c.TABLE_SCHEMA = k.TABLE_SCHEMA AND c.TABLE_NAME = k.TABLE_NAME AND c.COLUMN_NAME = k.COLUMN_NAME
    WHERE k.TABLE_SCHEMA = DATABASE() AND k.REFERENCED_TABLE_SCHEMA = DATABASE()") &&
    columns=$(sql "SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME) FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = DATABASE()") || cannot 'the tables cannot be read'
}

is_table() { # TABLE COLUMN
  case $'\n'$columns$'\n' in *$'\n'"$1.$2"$'\n'*) return 0 ;; *) return 1 ;; esac
}

# Adds to $removal what removes rows, and before them those that refer to them, whether anybody knows their table or not.
removal=
remove() { # TABLE CONDITION [DEPTH]
  local parent child column optional referenced those depth=${3:-0}
  [ "$depth" -lt 5 ] || return 0
  while IFS=$'\t' read -r parent child column optional referenced; do
    [ "$parent" = "$1" ] || continue
    those="\`$column\` IN (SELECT r FROM (SELECT \`$referenced\` AS r FROM \`$1\` WHERE $2) AS gone)"
    if [ "$optional" = YES ]; then
      removal="$removal UPDATE \`$child\` SET \`$column\` = NULL WHERE $those;"
    else
      remove "$child" "$those" $((depth + 1))
    fi
  done <<< "$references"
  removal="$removal DELETE FROM \`$1\` WHERE $2;"
}

# Moves the times of keys: all instants of a table, one of them apart.
age_keys() { # TABLE OWNER USER BACK [EXPIRES]
  local changes
  is_table "$1" "$2" || return 0
  changes=$(sql "SELECT COALESCE(GROUP_CONCAT(CONCAT('\`', COLUMN_NAME, '\` = \`', COLUMN_NAME, '\` - INTERVAL $4') SEPARATOR ', '), '')
    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '$1' AND COLUMN_NAME <> '${5-}'
      AND DATA_TYPE IN ('datetime', 'timestamp') AND COALESCE(GENERATION_EXPRESSION, '') = ''")
  [ -z "${5-}" ] || changes="${changes:+$changes, }\`$5\` = UTC_TIMESTAMP() - INTERVAL 1 YEAR"
  [ -z "$changes" ] || sql_again "UPDATE \`$1\` SET $changes WHERE \`$2\` = $3" || true
}

# --- Requests ---

# Sends a request: its NUMBER, after how many SECONDS it is given up, METHOD, PATH, and options of curl.
send() {
  local number=$1 seconds=$2 method=$3 path=$4
  shift 4
  curl ${API_CA_FILE:+--cacert "$API_CA_FILE"} --silent --show-error --globoff --path-as-is --max-time "$seconds" --request "$method" \
    --output "$work/$number.body" --dump-header "$work/$number.head" --write-out '%{http_code}' \
    "$@" "$BASE_URL$path" > "$work/$number.status" 2> "$work/$number.error" 9>&- || printf 000 > "$work/$number.status"
  : > "$work/$number.done"
}

# While a row is held, requests arrive in the order in which they are sent, and meet all the same.
start() {
  "request_$1" &
  [ -z "$gate" ] || sleep 0.05
}

# The same without that order: where nobody waits for the row, they meet only if they are sent at once.
start_at_once() { "request_$1" & }

# Waits for the answers to requests; while a row is held, for no longer than one takes that does not need it.
await() {
  local number left=4000
  [ -z "$gate" ] || left=75
  for number in "$@"; do
    while [ ! -e "$work/$number.done" ] && [ "$left" -gt 0 ]; do
      sleep 0.02
      left=$((left - 1))
    done
    [ -n "$gate" ] || say "$number"
  done
}

plain() { tr '\000-\037\177' ' ' | cut -c "1-$1"; }

say() {
  [ -e "$work/$1.done" ] && [ ! -e "$work/$1.said" ] || return 0
  : > "$work/$1.said"
  if [ "$(status "$1")" = 000 ]; then
    echo "  $1. $(title_of "$1"): no answer ($(plain 120 < "$work/$1.error"))"
  else
    echo "  $1. $(title_of "$1"): $(status "$1") $(body "$1" | plain 240)"
  fi
}

status() { tail -c 3 "$work/$1.status" 2> /dev/null || printf 000; }
body() { cat "$work/$1.body" 2> /dev/null; }

succeeded() { case $(status "$1") in 2??) return 0 ;; *) return 1 ;; esac }

# The value at a path in an answer: the names of the path wherever they stand first, one after the other.
field() { # NUMBER PATH
  local text name
  text=$(body "$1" | tr '\n\t\r' '   ')
  local IFS=.
  for name in $2; do
    case $text in
      *"\"$name\""*) text=${text#*"\"$name\""} ;;
      *) return 0 ;;
    esac
  done
  unset IFS
  text=${text#"${text%%[! ]*}"}
  text=${text#:}
  text=${text#"${text%%[! ]*}"}
  case $text in
    '"'*)
      text=${text#\"}
      printf '%s' "${text%%\"*}"
      ;;
    *) printf '%s' "${text%%[ ,\}\]]*}" ;;
  esac
}

# The id in an answer, where it is one: it goes into statements.
id_in() {
  local id
  id=$(field "$1" "$2")
  case $id in *[!A-Za-z0-9_-]* | null) ;; *) printf '%s' "$id" ;; esac
}

amount_in() {
  local amount
  amount=$(field "$1" "$2")
  case $amount in '' | *[!0-9.-]*) printf 0 ;; *) printf '%s' "$amount" ;; esac
}

# What stands there: number, text, list, object, null, boolean or nothing.
form() { # NUMBER PATH
  local text name
  text=$(body "$1" | tr '\n\t\r' '   ')
  local IFS=.
  for name in $2; do
    case $text in
      *"\"$name\""*) text=${text#*"\"$name\""} ;;
      *) printf nothing && return 0 ;;
    esac
  done
  unset IFS
  text=${text#"${text%%[! ]*}"}
  text=${text#:}
  text=${text#"${text%%[! ]*}"}
  case $text in
    '"'*) printf text ;;
    [-0-9]*) printf number ;;
    '['*) printf list ;;
    '{'*) printf object ;;
    n*) printf null ;;
    *) printf boolean ;;
  esac
}

# What the first of some top-ups that succeeded has added.
charged() { # PATH NUMBERS
  local path=$1 number
  shift
  for number in "$@"; do
    if succeeded "$number"; then
      amount_in "$number" "$path"
      return 0
    fi
  done
  printf 0
}

# The cookies that some answers have set, as a header sends them.
cookies() { # NUMBERS
  local number
  for number in "$@"; do tr -d '\r' < "$work/$number.head" 2> /dev/null; done |
    sed -n 's/^[Ss]et-[Cc]ookie: *\([^;]*\).*/\1/p' | awk '{
      name = substr($0, 1, index($0, "=") - 1)
      if (!(name in value)) names[++count] = name
      value[name] = substr($0, length(name) + 2)
    } END {
      for (nth = 1; nth <= count; nth++) if (value[names[nth]] != "") {
        printf "%s%s=%s", between, names[nth], value[names[nth]]
        between = "; "
      }
    }'
}

# One of them, as clients in a browser read it.
cookie_named() { # NAME NUMBERS
  local name=$1 cookie
  shift
  cookie="; $(cookies "$@")"
  case $cookie in *"; $name="*) ;; *) return 0 ;; esac
  cookie=${cookie#*"; $name="}
  printf '%b' "$(printf '%s' "${cookie%%; *}" | sed 's/\\/\\\\/g; s/%\([0-9A-Fa-f][0-9A-Fa-f]\)/\\x\1/g')"
}

header() { # NUMBER NAME
  tr -d '\r' < "$work/$1.head" 2> /dev/null | grep -i "^$2:" | head -1 | sed 's/^[^:]*: *//'
}

# The id with which the path of a header ends: /orders/12, https://shop.example/orders/12.
id_in_header() { # NUMBER NAME
  local id
  id=$(header "$1" "$2" | sed 's/[?# ].*$//; s:/*$::; s:^.*/::')
  case $id in *[!A-Za-z0-9_-]*) ;; *) printf '%s' "$id" ;; esac
}

needed() { # NUMBER VALUE WHAT
  [ -n "$2" ] || {
    say "$1"
    cannot "the answer to request $1 names no $3"
  }
}

# --- A row that is held, so that requests which need it meet behind it ---

hold() { # STATEMENTS
  rm -f "$work/gate"
  mkfifo "$work/gate" || cannot 'no pipe to the client of the database'
  "$client" "${connection[@]}" --unbuffered "$DB_NAME" < "$work/gate" > "$work/gate.out" 2>&1 &
  gate=$!
  exec 9> "$work/gate"
  printf '%s\n' "$1 SELECT CONCAT('holder ', CONNECTION_ID()); SELECT 'held';" >&9
  local left=250
  until grep -q '^held$' "$work/gate.out" 2> /dev/null; do
    sleep 0.02
    left=$((left - 1))
    [ "$left" -gt 0 ] && kill -0 "$gate" 2> /dev/null || cannot "the row cannot be locked: $(head -1 "$work/gate.out")"
  done
  echo '  (the row is locked)'
}

waiting() {
  sql "SELECT COUNT(*) FROM information_schema.INNODB_TRX t JOIN information_schema.PROCESSLIST p
    ON p.ID = t.trx_mysql_thread_id WHERE t.trx_state = 'LOCK WAIT' AND p.DB = DATABASE()" 2> /dev/null || echo 0
}

# Waits until so many requests wait for the row, or their number stands still; at most three seconds.
pile_up() { # REQUESTS
  local now before=0 still=0 left=18
  sleep 0.3
  while [ "$left" -gt 0 ]; do
    now=$(waiting)
    [ "$now" -lt "$1" ] || break
    if [ "$now" -gt 0 ] && [ "$now" = "$before" ]; then still=$((still + 1)); else still=0; fi
    [ "$still" -lt 4 ] || break
    before=$now
    left=$((left - 1))
    sleep 0.14
  done
  echo "  ($(waiting) connections wait for a lock)"
}

# Ends the connections that wait for the row, and no others, each in the midst of its transaction.
kill_waiting() {
  local holder id ids
  holder=$(sed -n 's/^holder //p' "$work/gate.out" | head -1)
  ids=$(sql "SELECT DISTINCT r.trx_mysql_thread_id FROM information_schema.INNODB_LOCK_WAITS w
      JOIN information_schema.INNODB_TRX r ON r.trx_id = w.requesting_trx_id
      JOIN information_schema.INNODB_TRX b ON b.trx_id = w.blocking_trx_id
      WHERE b.trx_mysql_thread_id = $holder" 2> /dev/null ||
    sql "SELECT DISTINCT r.PROCESSLIST_ID FROM performance_schema.data_lock_waits w
      JOIN performance_schema.threads r ON r.THREAD_ID = w.REQUESTING_THREAD_ID
      JOIN performance_schema.threads b ON b.THREAD_ID = w.BLOCKING_THREAD_ID
      WHERE b.PROCESSLIST_ID = $holder" 2> /dev/null) || cannot 'this user may not see who waits for a lock'
  for id in $ids; do
    sql "KILL CONNECTION $id" 2> /dev/null || cannot 'this user may not end the connections of the target'
    echo "  (connection $id is ended)"
  done
  sleep 0.2
}

# Asks for a row that the waiting request has locked, from the transaction that it waits for, once that one has changed
# more: the database ends the request's as the victim of a deadlock.
force_deadlock() { # TIMES CHANGES LOCKS
  local times=$1 changes=$2 lock left=150
  shift 2
  for lock in "$@"; do
    # Who gets the row at once has met nobody.
    sql "SET SESSION innodb_lock_wait_timeout = 1; $lock" > /dev/null 2>&1 && continue
    {
      echo 'SET SESSION innodb_lock_wait_timeout = 2;'
      while [ "$times" -gt 0 ]; do
        printf '%s\n' "$changes"
        times=$((times - 1))
      done
      printf '%s\n' "$lock SELECT 'asked';"
    } >&9
    until grep -q '^asked$' "$work/gate.out"; do
      sleep 0.02
      left=$((left - 1))
      [ "$left" -gt 0 ] && kill -0 "$gate" 2> /dev/null || cannot 'the database has ended the transaction of this script instead'
    done
    echo '  (a waiting transaction is ended by a deadlock)'
    return 0
  done
  cannot 'the request has locked none of the rows over which there could be a deadlock'
}

release() {
  printf 'COMMIT;\nquit\n' >&9
  exec 9>&-
  wait "$gate" 2> /dev/null
  gate=
}

# --- What shows the defect ---

shows() {
  echo "  SHOWS: $1"
  shown=1
}

# Shows the defect where a statement has a row.
shows_if_any() { # WHAT STATEMENT
  local rows
  rows=$(sql_again "$2") || cannot 'the tables cannot be read'
  [ -z "$rows" ] || shows "$1: $(printf '%s' "$rows" | tr '\t' ' ' | plain 240)"
}

# Shows the defect where two instants are more than ten minutes apart: no clock is that wrong, but a time zone is.
apart() { # INSTANT OTHER
  local one two
  one=$(printf '%s' "$1" | tr T ' ' | cut -c 1-19)
  two=$(printf '%s' "$2" | tr T ' ' | cut -c 1-19)
  case $one$two in *[!0-9:\ -]*) return 0 ;; esac
  [ "${#one}" = 19 ] && [ "${#two}" = 19 ] || return 0
  shows_if_any 'two times that are to be one are minutes apart' "SELECT '$one', '$two' FROM DUAL
    WHERE ABS(TIMESTAMPDIFF(SECOND, '$one', '$two')) > 600"
}

# Looks again and again while requests are under way.
watch() { # STATEMENT
  : > "$work/watching"
  while [ -e "$work/watching" ]; do sql "$1" >> "$work/watched" 2> /dev/null; done &
}

watched() { # WHAT
  rm -f "$work/watching"
  sleep 0.2
  [ ! -s "$work/watched" ] || shows "$1: $(head -1 "$work/watched" | tr '\t' ' ' | plain 240)"
}

# Sends a request again while it is told to be in progress, for five seconds at most.
settle() { # NUMBER PATH CODE
  local left=10
  while [ "$left" -gt 0 ] && [ "$(field "$1" "$2")" = "$3" ]; do
    sleep 0.5
    "request_$1"
    left=$((left - 1))
  done
  echo "  $1. $((11 - left)) times sent: $(status "$1") $(body "$1" | plain 120)"
}

count_of() { # how many of some requests have succeeded
  local number count=0
  for number in "$@"; do ! succeeded "$number" || count=$((count + 1)); done
  printf '%s' "$count"
}

# Tries what nothing forces up to five times, each time with users and products of its own.
try_until_shown() {
  local try own=$mark
  for try in 1 2 3 4 5; do
    echo "Try $try of 5"
    mark=$own-$try
    attempt
    [ "$shown" = 0 ] || break
    clean_up > /dev/null || cannot 'the rows of this try cannot be removed'
    own_users=NULL own_products=NULL
    rm -f "$work"/*
  done
}

conclude() {
  if [ "$shown" = 1 ]; then
    echo 'The defect shows.'
    exit 1
  fi
  echo 'The defect does not show.'
  exit 0
}
