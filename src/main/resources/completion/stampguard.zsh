#compdef stampguard
# Completion of stampguard for zsh; read it behind compinit with: source <(stampguard completion zsh)

# Sets `lines` to what may follow the command $1: a word, what it takes, and what it is.
_stampguard_lines() {
  case $1 in
@TABLE@
  *) lines= ;;
  esac
}

# Sets `takes` to what the word $1 takes, or to nothing where there is no such word.
_stampguard_takes() {
  local line
  takes=
  for line in ${(f)lines}; do
    if [[ $line == "$1;"* ]]; then
      takes=${${line#*;}%%;*}
      return
    fi
  done
}

# Offers what is of the kinds $1.
_stampguard_offer() {
  local kind line
  local -a known found
  for kind in ${=1#[=?]}; do
    case $kind in
    @files) _files ;;
    @directories) _files -/ ;;
    @command)
      if ((operand == 1)) && [[ ${words[CURRENT]} != */* ]]; then
        _command_names -e
      else
        _files
      fi
      ;;
    @*)
      found=()
      for line in "${(@f)$(print -rl -- "${(@)words[1,CURRENT]}" | ${~words[1]} __complete ${kind#@} 2>/dev/null)}"; do
        [[ -n $line ]] && found+=("${${line%%$'\t'*}//:/\\:}${${(M)line%%$'\t'*}/$'\t'/:}")
      done
      (($#found)) && _describe -t ${kind#@} ${kind#@} found
      ;;
    *) known+=($kind) ;;
    esac
  done
  (($#known)) && compadd -- $known
}

_stampguard() {
  local command= lines takes wanted= plain= word line
  local -i i operand=1
  _stampguard_lines ''
  for ((i = 2; i < CURRENT; i++)); do
    word=${words[i]}
    if [[ -n $wanted && ! ($wanted == '?'* && $word == -*) ]]; then
      wanted=
    elif [[ -z $plain && $word == -* ]]; then
      wanted=
      _stampguard_takes "$word"
      [[ $word == -- ]] && plain=1
      [[ $takes == [=?]* ]] && wanted=$takes
    else
      wanted=
      _stampguard_takes "$word"
      if [[ -z $plain && $takes == + ]]; then
        command=${command:+$command }$word
        _stampguard_lines "$command"
      else
        operand+=1
        _stampguard_takes '*'
        [[ $takes == '=@command' ]] && plain=1
      fi
    fi
  done

  local current=${words[CURRENT]}
  local -a parts subcommands options
  if [[ -n $wanted && ! ($wanted == '?'* && $current == -*) ]]; then
    _stampguard_offer "$wanted"
    [[ $wanted == '?'* ]] || return
  fi
  if [[ -z $plain && $current == -*=* ]]; then
    _stampguard_takes "${current%%=*}"
    compset -P 1 '*='
    _stampguard_offer "$takes"
    return
  fi
  for line in ${(f)lines}; do
    parts=("${(@s:;:)line}")
    case $parts[1] in
    -*) options+=("$parts[1]:$parts[3]") ;;
    *)
      if [[ $parts[2] == + ]]; then
        [[ -z $plain ]] && subcommands+=("$parts[1]:$parts[3]")
      elif [[ $current != -* && ($parts[1] == $operand || $parts[1] == '*') ]]; then
        _stampguard_offer "$parts[2]"
      fi
      ;;
    esac
  done
  (($#subcommands)) && _describe -t commands command subcommands
  [[ -z $plain && $current == -* ]] && _describe -t options option options
}

if [[ ${funcstack[1]} == _stampguard ]]; then
  _stampguard "$@"
elif (($+functions[compdef])); then
  compdef _stampguard stampguard
fi
