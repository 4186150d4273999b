// Back doors left on web servers.

rule webshell_php
{
  meta:
    description = "PHP page that runs what a visitor sends"
    severity = "critical"
  strings:
    $php = "<?" ascii
    $run1 = /\b(eval|assert|system|passthru|shell_exec|popen|proc_open|exec)\s{0,4}\(\s{0,8}@?\s{0,4}(base64_decode|gzinflate|str_rot13|stripslashes|trim)?\s{0,4}\(?\s{0,8}\$_(POST|GET|REQUEST|COOKIE|SERVER)\b/ nocase
    $run2 = /\$_(POST|GET|REQUEST|COOKIE)\s{0,4}\[[^\]]{1,40}\]\s{0,4}\(\s{0,4}\$_(POST|GET|REQUEST|COOKIE)/ nocase
    $run3 = /preg_replace\s{0,4}\(\s{0,4}['"][^'"]{0,40}\/e['"]\s{0,4},\s{0,4}@?\$_(POST|GET|REQUEST)/ nocase
    $packed = /eval\s{0,4}\(\s{0,4}(gzinflate|gzuncompress|str_rot13)\s{0,4}\(\s{0,4}(base64_decode|str_rot13)/ nocase
  condition:
    filesize < 5MB and $php and any of ($run*, $packed)
}

rule webshell_aspx
{
  meta:
    description = "ASP or ASP.NET page that runs what a visitor sends"
    severity = "critical"
  strings:
    $page = /<%\s{0,4}@\s{0,4}page/ nocase
    $asp = "<%"
    $eval1 = /eval\s{0,4}\(?\s{0,4}Request(\.Item|\.Form|\.QueryString)?\s{0,4}[\[(]/ nocase
    $eval2 = /execute(global)?\s{0,4}\(?\s{0,4}request\s{0,4}\(/ nocase
    $process = "ProcessStartInfo" nocase
    $cmd = /cmd(\.exe)?["' ]{1,4}(\/c|&)/ nocase
    $input = /Request(\.Form|\.QueryString|\.Params)?\s{0,4}\[/ nocase
  condition:
    filesize < 5MB and $asp and (any of ($eval*) or ($page and $process and $cmd and $input))
}

rule webshell_jsp
{
  meta:
    description = "JSP page that runs what a visitor sends"
    severity = "critical"
  strings:
    $jsp = "<%"
    $exec = /getRuntime\s{0,4}\(\s{0,4}\)\s{0,8}\.\s{0,8}exec\s{0,4}\(/
    $builder = "ProcessBuilder"
    $input = "request.getParameter"
    $loader = "defineClass"
    $decode = "BASE64Decoder"
  condition:
    filesize < 5MB and $jsp and $input and ($exec or $builder or ($loader and $decode))
}
