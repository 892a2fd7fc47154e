# Prints what the script $1 offers for the line $2: a shell with a terminal completes it, and what
# goes to the builtin that takes the words is written into the file $3.
emulate -L zsh
zmodload zsh/zpty || exit 9
script=$1 line=$2 file=$3
: >$file
zpty shell zsh -f -i
zpty -w shell "
PROMPT= RPROMPT= LISTMAX=0
autoload -Uz compinit && compinit -u -D
source ${(q)script}
compadd() {
  local -a hits
  if [[ \" \$* \" == *' -'[OAD]' '* ]]; then
    builtin compadd \"\$@\"
    return
  fi
  builtin compadd -A hits \"\$@\"
  (( \$#hits )) && print -rl -- \$hits >>${(q)file}
  builtin compadd \"\$@\"
}
probe() {
  zle complete-word
  print END >>${(q)file}
}
zle -N probe
bindkey '^T' probe
print READY >>${(q)file}
"
# The terminal is read all along, or the shell in it stops.
wait_for() {
  local -i tries=0
  local said
  while ! grep -qx $1 $file && ((tries++ < 600)); do
    zpty -rt shell said
    sleep 0.05
  done
}
wait_for READY
zpty -wn shell $line$'\x14'
wait_for END
zpty -d shell
grep -vx -e READY -e END $file
exit 0
