# Completion of stampguard for bash, from 3.2 on; read it with: source <(stampguard completion bash)

# Sets `lines` to what may follow the command $1: a word, what it takes, and what it is.
_stampguard_lines() {
  case $1 in
@TABLE@
  *) lines= ;;
  esac
}

# Sets `takes` to what the word $1 takes, or to nothing where there is no such word.
_stampguard_takes() {
  takes=
  local rest=$'\n'$lines
  if [[ $rest == *$'\n'"$1;"* ]]; then
    takes=${rest#*$'\n'"$1;"}
    takes=${takes%%;*}
  fi
}

# Adds to the answers what is of the kinds $1 and begins with $2.
_stampguard_offer() {
  local kind found IFS=$' \t\n' plain=1
  [[ $1 == *@files* ]] && plain=
  for kind in ${1#[=?]}; do
    case $kind in
    @files | @directories | @command)
      local action=-f
      [[ $kind == @directories ]] && action=-d
      [[ $kind == @command && $operand == 1 && $2 != */* ]] && action=-c
      while IFS= read -r found; do
        COMPREPLY+=("$found")
      done < <(compgen $action -- "$2")
      compopt -o filenames 2>/dev/null
      ;;
    @*)
      while IFS=$'\t' read -r found _; do
        if [[ $found == "$2"* ]]; then
          # With file names among them, bash quotes them all.
          [[ $plain ]] && printf -v found %q "$found"
          COMPREPLY+=("$found")
        fi
      done < <(printf '%s\n' "${words[@]}" | "${words[0]/#\~\//$HOME/}" __complete "${kind#@}" 2>/dev/null)
      ;;
    *) [[ $kind == "$2"* ]] && COMPREPLY+=("$kind") ;;
    esac
  done
  # Bash puts in only what is behind the last of the letters that end a word for it.
  local kept=${2%"${2##*[=:]}"} i
  if [[ $kept && $COMP_WORDBREAKS == *:* ]]; then
    for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
      COMPREPLY[i]=${COMPREPLY[i]#"$kept"}
    done
  fi
}

_stampguard() {
  COMPREPLY=()
  # For bash a word ends at `=` and `:` too: put them together again.
  local words=() word i glued=
  for ((i = 0; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((${#words[@]} > 1)) && [[ $glued || $word == [=:]* ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    glued=
    [[ $word == *[=:] ]] && glued=1
  done

  local last=$((${#words[@]} - 1)) command= lines takes wanted= plain= operand=1
  _stampguard_lines ''
  for ((i = 1; i < last; i++)); do
    word=${words[i]}
    if [[ $wanted && ! ($wanted == '?'* && $word == -*) ]]; then
      wanted=
    elif [[ ! $plain && $word == -* ]]; then
      wanted=
      _stampguard_takes "$word"
      [[ $word == -- ]] && plain=1
      [[ $takes == [=?]* ]] && wanted=$takes
    else
      wanted=
      _stampguard_takes "$word"
      if [[ ! $plain && $takes == + ]]; then
        command=${command:+$command }$word
        _stampguard_lines "$command"
      else
        operand=$((operand + 1))
        _stampguard_takes '*'
        [[ $takes == '=@command' ]] && plain=1
      fi
    fi
  done

  local current=${words[last]}
  if [[ $wanted && ! ($wanted == '?'* && $current == -*) ]]; then
    _stampguard_offer "$wanted" "$current"
  elif [[ ! $plain && $current == -*=* ]]; then
    _stampguard_takes "${current%%=*}"
    _stampguard_offer "$takes" "${current#*=}"
  elif [[ ! $plain && $current == -* ]]; then
    while IFS=';' read -r word takes _; do
      [[ $word == -* && $word == "$current"* ]] && COMPREPLY+=("$word")
    done <<<"$lines"
  else
    [[ $wanted ]] && _stampguard_offer "$wanted" "$current"
    while IFS=';' read -r word takes _; do
      if [[ $takes == + ]]; then
        [[ ! $plain && $word == "$current"* ]] && COMPREPLY+=("$word")
      elif [[ $word == "$operand" || $word == '*' ]]; then
        _stampguard_offer "$takes" "$current"
      fi
    done <<<"$lines"
  fi
}

complete -F _stampguard stampguard
