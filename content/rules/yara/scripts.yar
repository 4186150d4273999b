// Scripts that fetch and start programs.

rule powershell_download_and_run
{
  meta:
    description = "PowerShell that fetches code and runs it"
    severity = "high"
  strings:
    $get1 = "DownloadString" nocase wide ascii
    $get2 = "DownloadFile" nocase wide ascii
    $get3 = "Invoke-WebRequest" nocase wide ascii
    $get4 = "Net.WebClient" nocase wide ascii
    $get5 = "Start-BitsTransfer" nocase wide ascii
    $run1 = "Invoke-Expression" nocase wide ascii
    $run2 = /\bIEX\s{0,4}[(|$]/ nocase wide ascii
    $run3 = "Start-Process" nocase wide ascii
    $hide1 = /-w(indowstyle)?\s{1,4}hidden/ nocase wide ascii
    $hide2 = /-e(nc|ncodedcommand|p bypass|xecutionpolicy bypass)\b/ nocase wide ascii
    $hide3 = "FromBase64String" nocase wide ascii
  condition:
    filesize < 5MB and any of ($get*) and any of ($run*) and any of ($hide*)
}

rule script_drops_program
{
  meta:
    description = "Script of the Windows Script Host or HTA that writes a program to the disk and starts it"
    severity = "high"
  strings:
    $host1 = "WScript.CreateObject" nocase
    $host2 = "CreateObject(" nocase
    $host3 = "new ActiveXObject" nocase
    $write1 = "ADODB.Stream" nocase
    $write2 = "SaveToFile" nocase
    $write3 = "CreateTextFile" nocase
    $run1 = "WScript.Shell" nocase
    $run2 = "Shell.Application" nocase
    $get1 = "MSXML2.XMLHTTP" nocase
    $get2 = "WinHttp.WinHttpRequest" nocase
    $get3 = "FromBase64" nocase
  condition:
    filesize < 5MB and extension matches /^(js|jse|vbs|vbe|wsf|hta|txt|htm|html)$/
    and any of ($host*) and any of ($write*) and any of ($run*) and any of ($get*)
}

rule script_spreads_by_stick
{
  meta:
    description = "Script that copies itself to drives and hides the folders behind shortcuts"
    severity = "critical"
  strings:
    $drive1 = "GetDrive" nocase
    $drive2 = ".Drives" nocase
    $drive3 = "isReady" nocase
    $link = "CreateShortcut" nocase
    $copy1 = "CopyFile" nocase
    $copy2 = ".Copy" nocase
    $hide = /attributes\s{0,4}=\s{0,4}(2|6|34|39)/ nocase
    $run = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run" nocase
  condition:
    filesize < 2MB and any of ($drive*) and $link and any of ($copy*) and ($hide or $run)
}
