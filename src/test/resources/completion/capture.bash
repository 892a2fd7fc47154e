# Prints what the script $1 offers for the words behind it, the last of them being typed.
source "$1"
shift
function=$(complete -p stampguard)
[[ $function == 'complete -F _stampguard stampguard' ]] || exit 9
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_stampguard stampguard "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}" 2>/dev/null
printf '%s\n' "${COMPREPLY[@]}"
