/**
 * DuckDB macros for the view of the raw archive on one machine, which BigQuery never runs. They make the rules of RFC 8259, 3339 and
 * 4648 as strict as the pipeline's reader has them, in nothing of its code.
 */

/** White space of JSON. */
const SPACE = '[ \\t\\r\\n]*';
const NOT_A_NUMBER = '-?([nN][aA][nN]|[iI][nN][fF])';
// DuckDB's JSON takes a comma before a closing bracket, and NaN and infinities. Each pattern begins with a plain character, which
// RE2 finds at memory speed: the three cost 1 µs a line, one pattern for all 2 µs.
const LAX_JSON = [`,${SPACE}([}\\]]|${NOT_A_NUMBER})`, `:${SPACE}${NOT_A_NUMBER}`, `\\[${SPACE}${NOT_A_NUMBER}`];
const JSON_STRING = '"([^"\\\\]|\\\\.)*"';

const DATE = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)([.][0-9]+)?';
const OFFSET = '([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])';
const RFC_3339 = `^${DATE}[Tt ]${TIME}${OFFSET}$`;

const ENVELOPE = '{"message":{"messageId":"JSON","message_id":"JSON","data":"JSON","publishTime":"JSON","publish_time":"JSON","attributes":"JSON"},"event_time":"JSON"}';

export const ARCHIVE_MACROS: readonly string[] = [
  // The JSON text itself, null where it isn't strict. What looks lax is looked at again without its strings.
  `lax_json(t) AS ${LAX_JSON.map((pattern) => `regexp_matches(t, '${pattern}')`).join(' OR ')}`,
  `strict_json(t) AS CASE WHEN NOT json_valid(t) THEN NULL WHEN NOT lax_json(t) THEN t WHEN lax_json(regexp_replace(t, '${JSON_STRING}', '""', 'g')) THEN NULL ELSE t END`,
  // The string that a JSON text writes, null where it writes something else.
  "json_text(j) AS CASE WHEN starts_with(j, '\"') THEN json_extract_string(j, '$') END",
  // One parse for all fields, each as JSON text: json_extract would parse the line once for each. Of two members with one name, the first.
  `envelope_fields(t) AS from_json(t, '${ENVELOPE}')`,
  // DuckDB takes "YW=I" for "YQ==".
  "strict_base64(t) AS CASE WHEN substr(t, -2, 1) = '=' AND substr(t, -1) <> '=' THEN NULL ELSE try(from_base64(t)) END",
  // A leap second is the first second of the next day, and can be nowhere else.
  'leap_second(x) AS CASE WHEN (epoch_us(x) + 1000000) // 1000000 % 86400 = 0 THEN x + INTERVAL 1 SECOND END',
  `rfc3339_any(t) AS CASE WHEN NOT regexp_matches(t, '${RFC_3339}') THEN NULL WHEN substr(t, 18, 1) = '6' THEN leap_second(try_cast(upper(substr(t, 1, 17) || '59' || substr(t, 20)) AS TIMESTAMPTZ)) ELSE try_cast(upper(t) AS TIMESTAMPTZ) END`,
  // From 1970 to 2199, as the payment format has it; null otherwise.
  'rfc3339(t) AS CASE WHEN epoch_us(rfc3339_any(t)) BETWEEN 0 AND 7258118399999999 THEN rfc3339_any(t) END',
];
